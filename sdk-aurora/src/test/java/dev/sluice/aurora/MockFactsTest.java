// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.RdsMySql;
import dev.sluice.testing.MockFacts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engines find out about a server that shows its variables and procedures, its mock knows, too: otherwise previews would differ. */
class MockFactsTest {
    private static final ServerAddress ADDRESS = new ServerAddress("db.example", 3306);

    static Stream<Arguments> rds() {
        return Stream.of(
                Arguments.of("5.7", MockFacts.rds57()),
                Arguments.of("8.0", MockFacts.rds80()),
                Arguments.of("8.4", MockFacts.rds84()));
    }

    static Stream<Arguments> aurora() {
        return Stream.of(
                Arguments.of("2", MockFacts.aurora2()),
                Arguments.of("3", MockFacts.aurora3()),
                Arguments.of("8.4", MockFacts.aurora84()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rds")
    void ofRds(String version, MockFacts mock) {
        ServerFacts facts = mock.of(RdsEngine.ID, ADDRESS);
        RdsMySql endpoint =
                RdsMySql.instance("orders").region("eu-west-1").credentials("admin", Secret.env("NOBODY_ASKS"));
        try (RdsEngine engine = RdsEngine.create()) {
            assertAgree(facts, engine.facts(endpoint, ADDRESS, new Spoken(facts)), version);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aurora")
    void ofAurora(String version, MockFacts mock) {
        ServerFacts facts = mock.of(AuroraEngine.ID, ADDRESS);
        AuroraMySql endpoint =
                AuroraMySql.cluster("orders").region("eu-west-1").credentials("admin", Secret.env("NOBODY_ASKS"));
        try (AuroraEngine engine = AuroraEngine.create()) {
            assertAgree(facts, engine.facts(endpoint, ADDRESS, new Spoken(facts)), version);
        }
    }

    private static void assertAgree(ServerFacts mock, ServerFacts read, String version) {
        assertThat(foundOut(mock))
                .as("what the engine finds out about version %s", version)
                .containsExactlyEntriesOf(foundOut(read));
        assertThat(mock.tlsOffered()).isEqualTo(read.tlsOffered());
    }

    /** What is in the facts and no variable of the server. A mock has a parameter group, of which only AWS's API tells. */
    private static Map<String, String> foundOut(ServerFacts facts) {
        Map<String, String> found = new TreeMap<>(facts.variables());
        found.keySet().removeIf(name -> !MockFactsIT.isFoundOut(name));
        return found;
    }

    /** A server with the variables and procedures of a mock, and with its row of the heartbeat, as every server at AWS has it after some minutes. */
    private record Spoken(ServerFacts facts) implements ServerSession {
        @Override
        public List<Row> query(String sql) {
            if (sql.startsWith("SHOW GLOBAL VARIABLES")) {
                return facts.variables().entrySet().stream()
                        .filter(one -> !one.getKey().startsWith("sluice."))
                        .map(one -> Row.of(Map.of("Variable_name", one.getKey(), "Value", one.getValue())))
                        .toList();
            }
            if (sql.startsWith("SHOW SESSION STATUS")) {
                // Of 8.4 and newer, which have no variable that tells.
                return List.of(Row.of(Map.of("Variable_name", "Ssl_cipher", "Value", "TLS_AES_256_GCM_SHA384")));
            }
            if (sql.contains("information_schema.ROUTINES")) {
                return facts.routines().stream().flatMap(Spoken::rows).toList();
            }
            if (sql.contains("rds_heartbeat2")) {
                return List.of(Row.of(Map.of("name", "rds_heartbeat2", "id", "1")));
            }
            return List.of();
        }

        private static Stream<Row> rows(Routine routine) {
            return routine.parameters().isEmpty()
                    ? Stream.of(Row.of(Map.of("routine", routine.name())))
                    : routine.parameters().stream()
                            .map(name -> Row.of(Map.of("routine", routine.name(), "parameter", name)));
        }
    }
}
