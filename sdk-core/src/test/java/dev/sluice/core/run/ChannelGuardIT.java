// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.mysql.ChannelGuard;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What undos see of a channel, also where the performance schema is off, as on small instances of RDS. */
@Timeout(120)
class ChannelGuardIT {
    private static final ServerAddress SOURCE = new ServerAddress("127.0.0.1", 1);
    private static final ServerAddress OTHER = new ServerAddress("127.0.0.1", 2);

    @ParameterizedTest
    @CsvSource({"MYSQL_5_7, OFF", "MYSQL_5_7, ON", "MYSQL_8_0_31, OFF", "MYSQL_9, ON"})
    void aChannelIsSeenUntilItIsReset(MySqlRelease release, String performanceSchema) {
        try (Loan loan = SharedServers.ofThisJvm()
                        .borrow(release, options -> options.setting("performance_schema", performanceSchema));
                MySqlSession session = connector(loan.server()).open(SessionUse.CONTROL)) {
            ServerVersion version = session.version();
            ChannelGuard guard = new ChannelGuard(version, "");
            assertThat(GuardValue.isStill(guard.noneIsConfigured(), session)).isTrue();
            assertThat(GuardValue.isStill(guard.isConfigured("repl", SOURCE), session))
                    .isFalse();

            boolean isOld = release == MySqlRelease.MYSQL_5_7;
            String word = isOld ? "MASTER" : "SOURCE";
            loan.server()
                    .execute("CHANGE " + (isOld ? "MASTER" : "REPLICATION SOURCE") + " TO " + word
                            + "_HOST = '127.0.0.1', " + word + "_PORT = 1, " + word + "_USER = 'repl'");

            assertThat(GuardValue.isStill(guard.isConfigured("repl", SOURCE), session))
                    .isTrue();
            assertThat(GuardValue.isStill(guard.isConfigured("repl", OTHER), session))
                    .isFalse();
            assertThat(GuardValue.isStill(guard.isConfigured("somebody", SOURCE), session))
                    .isFalse();
            assertThat(GuardValue.isStill(guard.noneIsConfigured(), session)).isFalse();

            loan.server().execute(Dialect.of(version).resetReplica(""));

            assertThat(GuardValue.isStill(guard.noneIsConfigured(), session)).isTrue();
            assertThat(GuardValue.isStill(guard.isConfigured("repl", SOURCE), session))
                    .isFalse();
        }
    }

    private static MySqlConnector connector(MySqlServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(server.rootUser())
                .password(server::rootPassword)
                .allowPlainText()
                .build();
    }
}
