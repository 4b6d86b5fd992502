// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.RdsMySql;
import dev.sluice.testing.MockFacts;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engines read from real servers that are dressed as those at AWS, mocks of the same version say. */
@Timeout(120)
class MockFactsIT {
    /** What each server has of its own, and what the servers below cannot show: that of 5.7 is built without TLS, and none demands it. */
    private static final Set<String> OWN =
            Set.of("version", "server_id", "server_uuid", "aurora_server_id", "have_ssl", "require_secure_transport");

    private static MySqlRelease release(RdsFlavour flavour) {
        return switch (flavour) {
            case MYSQL_5_7, AURORA_2 -> MySqlRelease.MYSQL_5_7;
            case MYSQL_8_0, AURORA_3 -> MySqlRelease.MYSQL_8_0_31;
            case MYSQL_8_4, AURORA_8_4 -> MySqlRelease.MYSQL_9;
        };
    }

    private static MockFacts mock(RdsFlavour flavour) {
        return switch (flavour) {
            case MYSQL_5_7 -> MockFacts.rds57();
            case MYSQL_8_0 -> MockFacts.rds80();
            case MYSQL_8_4 -> MockFacts.rds84();
            case AURORA_2 -> MockFacts.aurora2();
            case AURORA_3 -> MockFacts.aurora3();
            case AURORA_8_4 -> MockFacts.aurora84();
        };
    }

    /** Whether an engine found it out, and the server has no such variable. Of parameter groups only AWS's API tells. */
    static boolean isFoundOut(String variable) {
        return (variable.startsWith("sluice.") || variable.startsWith("rds."))
                && !variable.startsWith("sluice.parameter_group")
                && !variable.equals("sluice.pending_changes");
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void agreeWithServersThatAreDressed(RdsFlavour flavour) {
        MySqlRelease release = release(flavour);
        assumeTrue(release.availability().isEmpty(), () -> release + " is not to be had here");
        try (Loan loan = SharedServers.ofThisJvm()
                        .borrow(
                                release,
                                options -> options.setting("gtid_mode", "OFF")
                                        .setting("enforce_gtid_consistency", "OFF"));
                DressedServer server = RdsDressing.as(flavour).behindFront().dress(loan.server())) {
            ServerFacts read = read(server);
            ServerFacts mock = mock(flavour).of(read.engine(), read.address());

            assertThat(variables(mock, read)).containsExactlyEntriesOf(variables(read, mock));
            assertThat(mock.tlsOffered()).isTrue();
            assertThat(procedures(mock))
                    .containsExactlyInAnyOrderElementsOf(procedures(read).toList());
        }
    }

    private static Stream<String> procedures(ServerFacts facts) {
        return facts.routines().stream()
                .filter(routine -> !routine.name().endsWith("_for_channel"))
                .map(MockFactsIT::signature);
    }

    private static String signature(Routine routine) {
        return routine.name() + " " + routine.parameters().size();
    }

    /** What engines find out, and of the server's variables those that the other facts have as well: a mock has only those that matter to plans. */
    private static Map<String, String> variables(ServerFacts facts, ServerFacts other) {
        Map<String, String> all = new TreeMap<>(facts.variables());
        all.keySet().removeAll(OWN);
        all.keySet()
                .removeIf(name -> !isFoundOut(name)
                        && (name.startsWith("sluice.") || other.variable(name).isEmpty()));
        return all;
    }

    private static ServerFacts read(DressedServer server) {
        ServerAddress address = new ServerAddress(server.host(), server.port());
        try (MySqlSession session = MySqlConnector.builder()
                .address(address)
                .user(server.adminUser())
                .password(server::adminPassword)
                .allowPlainText()
                .build()
                .open(SessionUse.CONTROL)) {
            return server.flavour().isAurora() ? aurora(address, session) : rds(address, session);
        }
    }

    private static ServerFacts aurora(ServerAddress address, MySqlSession session) {
        try (AuroraEngine engine = AuroraEngine.create()) {
            AuroraMySql endpoint =
                    AuroraMySql.cluster("orders").region("eu-west-1").credentials("admin", Secret.env("NOBODY_ASKS"));
            return engine.facts(endpoint, address, session);
        }
    }

    private static ServerFacts rds(ServerAddress address, MySqlSession session) {
        try (RdsEngine engine = RdsEngine.create()) {
            RdsMySql endpoint =
                    RdsMySql.instance("orders").region("eu-west-1").credentials("admin", Secret.env("NOBODY_ASKS"));
            return engine.facts(endpoint, address, session);
        }
    }
}
