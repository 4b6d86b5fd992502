// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.verify.TableComparison.Result;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is called equal because nobody may see it. */
class WholeScopeIT {
    private static final String PASSWORD = "See-4-yourself";

    private static VerificationReport compare(Pair pair, Scope scope) {
        return new Verifier()
                .verify(
                        connector(pair.source()),
                        connector(pair.replica()),
                        VerifyRequest.of(scope, Consistency.STANDING_STILL).withThreads(1),
                        VerifyListener.NONE,
                        new Cancellation());
    }

    private static MySqlConnector connector(MySqlServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user("looker")
                .password(() -> PASSWORD)
                .allowPlainText()
                .build();
    }

    private static Scope databases(String... names) {
        return new Scope(List.of(names), List.of(), List.of(), List.of());
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void whatNeitherUserSeesIsNeverEqual(MySqlRelease release) {
        Pair pair = Pair.of(release, release);
        pair.execute(List.of(
                "DROP DATABASE IF EXISTS seen_1",
                "CREATE DATABASE seen_1",
                "CREATE TABLE seen_1.t (id INT PRIMARY KEY, n INT)",
                "DROP USER IF EXISTS looker@'%'",
                "CREATE USER looker@'%' IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT SELECT, EVENT ON seen_1.* TO looker@'%'",
                release == MySqlRelease.MYSQL_5_7
                        ? "GRANT SELECT ON mysql.proc TO looker@'%'"
                        : "GRANT SHOW_ROUTINE ON *.* TO looker@'%'"));
        pair.source().execute("CREATE TRIGGER seen_1.tr BEFORE INSERT ON seen_1.t FOR EACH ROW SET NEW.n = 1");

        assertThatThrownBy(() -> compare(pair, databases("seen_1", "sene_1")))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("CORE-841")
                .hasMessageContaining("[sene_1]");
        assertThatThrownBy(() -> compare(pair, databases("seen_1")))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("CORE-842")
                .hasMessageContaining("on the source TRIGGER ON `seen_1`.*; on the replica TRIGGER ON `seen_1`.*");

        pair.execute(List.of("GRANT TRIGGER ON seen_1.* TO looker@'%'"));

        assertThat(compare(pair, databases("seen_1")).structure())
                .containsExactly("trigger seen_1.tr is missing on the replica");
        pair.source().execute("DROP TRIGGER seen_1.tr");
        assertThat(compare(pair, databases("seen_1")).isClean()).isTrue();

        VerificationReport tables = compare(
                pair,
                new Scope(
                        List.of(),
                        List.of(TableName.of("seen_1", "t"), TableName.of("seen_1", "tt")),
                        List.of(),
                        List.of()));
        assertThat(Pair.table(tables, "t").result()).isEqualTo(Result.EQUAL);
        assertThat(Pair.table(tables, "tt").result()).isEqualTo(Result.UNDECIDED);
    }
}
