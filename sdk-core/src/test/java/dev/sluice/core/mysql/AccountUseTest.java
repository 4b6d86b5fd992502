// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.core.mysql.ScriptedSession.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.ReplicationAccount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountUseTest {
    private static final String OURS = "22222222-2222-2222-2222-222222222222";
    private static final String THEIRS = "33333333-3333-3333-3333-333333333333";

    private final ScriptedSession source =
            new ScriptedSession().answer("SELECT @@GLOBAL.performance_schema", row("on", "1"));

    private static ServerFacts replica() {
        return new ServerFacts(
                new EngineId("test"),
                new ServerAddress("10.0.0.2", 3306),
                ServerVersion.of(8, 0, 31),
                OURS,
                2,
                true,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                List.of());
    }

    private List<String> others(String host) {
        return AccountUse.others(source, new ReplicationAccount("repl", host, null), replica());
    }

    @Test
    void theReplicaItselfDoesNotCount() {
        source.answer("SELECT t.PROCESSLIST_HOST", row("host", "10.0.0.2", "uuid", OURS));

        assertThat(others("10.0.0.2")).isEmpty();
    }

    @Test
    void anotherReplicaAndAProgramThatReadsTheLogCount() {
        source.answer("SELECT t.PROCESSLIST_HOST", row("host", "10.0.0.3", "uuid", THEIRS), row("host", "10.0.0.4"));

        assertThat(others("10.0.%"))
                .satisfiesExactly(
                        replica -> assertThat(replica).contains("10.0.0.3", THEIRS),
                        program -> assertThat(program).contains("10.0.0.4"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.2, 10.0.0.3, false",
        "10.0.0.3, 10.0.0.3, true",
        "10.0.0.%, 10.0.0.3, true",
        "%, 10.0.0.3, true",
        "%, db3.example, true",
        "%.Example, db3.example, true",
        "%.corp, db3.example, false",
        "10.0.0.3, db3.example, true",
        "db3.example, 10.0.0.3, true",
        "10.0.0.0/255.255.255.0, 10.9.9.9, true"
    })
    void ofSeveralAccountsOfOneNameTheOneCountsByWhichTheReplicaMayBeLoggedIn(
            String host, String shown, boolean counts) {
        source.answer("SELECT t.PROCESSLIST_HOST", row("host", shown, "uuid", THEIRS));

        assertThat(others(host)).hasSize(counts ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void whereTheSourceDoesNotShowItsSessionsRegisteredReplicasCount(String schema, boolean refused) {
        source.answer("SELECT @@GLOBAL.performance_schema", row("on", schema))
                .answer("SELECT VERSION()", row("v", "8.0.31"))
                .answer("SHOW REPLICAS", row("Server_Id", "2"), row("Server_Id", "9"));
        if (refused) {
            source.refuse("SELECT t.PROCESSLIST_HOST");
        }

        assertThat(others("%"))
                .singleElement()
                .satisfies(other -> assertThat(other).contains("server id 9"));
    }
}
