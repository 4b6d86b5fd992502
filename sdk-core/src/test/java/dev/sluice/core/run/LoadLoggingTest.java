// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.spi.Row;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoadLoggingTest {
    private static final Row CLIENT = Row.of(Map.of("Command", "Query"));
    private static final Row DUMP = Row.of(Map.of("Command", "Binlog Dump GTID"));

    private final List<Problem> warnings = new ArrayList<>();

    /** Null where the user may not ask. */
    private ReplicaBinlog decide(
            List<Long> attached, String grant, @Nullable List<Row> replicas, @Nullable List<Row> threads) {
        ServerFacts facts = new ServerFacts(
                FakeServer.ENGINE,
                new ServerAddress("db2", 3306),
                ServerVersion.of(8, 0, 31),
                "uuid",
                2,
                true,
                Map.of(),
                List.of(),
                List.of("GRANT " + grant + " ON *.* TO `u`@`%`"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                attached,
                "",
                List.of());
        return new LoadLogging(facts, warnings::add).decide(sql -> {
            List<Row> rows = sql.equals("SHOW PROCESSLIST") ? threads : replicas;
            if (rows == null) {
                throw new StepRefusedException(Problem.of(RunCode.BUG, "denied"));
            }
            return rows;
        });
    }

    @Test
    void whereNobodyReadsTheLogTheLoadIsLeftOut() {
        assertThat(decide(List.of(), "PROCESS, REPLICATION SLAVE", List.of(), List.of(CLIENT)))
                .isEqualTo(ReplicaBinlog.SKIPPED_WHERE_ALLOWED);
        assertThat(decide(List.of(), "REPLICATION SLAVE", List.of(), List.of()))
                .isEqualTo(ReplicaBinlog.SKIPPED_WHERE_ALLOWED);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aReplicaThatWasSeenAtFirstOrIsThereNowCounts() {
        assertThat(decide(List.of(7L), "PROCESS", List.of(), List.of())).isEqualTo(ReplicaBinlog.WRITTEN);
        assertThat(decide(List.of(), "REPLICATION SLAVE", List.of(Row.of(Map.of("Server_Id", "7"))), List.of()))
                .isEqualTo(ReplicaBinlog.WRITTEN);
    }

    @Test
    void whoReadsWithoutRegisteringCounts() {
        assertThat(decide(List.of(), "PROCESS", List.of(), List.of(CLIENT, DUMP)))
                .isEqualTo(ReplicaBinlog.WRITTEN);
        assertThat(decide(List.of(), "PROCESS", null, List.of(CLIENT))).isEqualTo(ReplicaBinlog.SKIPPED_WHERE_ALLOWED);
    }

    @Test
    void whereNobodyCanBeSeenTheLoadIsLoggedAndThatIsTold() {
        assertThat(decide(List.of(), "SELECT", null, List.of(CLIENT))).isEqualTo(ReplicaBinlog.WRITTEN);
        assertThat(warnings).extracting(problem -> problem.code().id()).containsExactly("CORE-628");
    }
}
