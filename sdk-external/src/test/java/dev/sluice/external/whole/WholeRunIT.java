// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job on real servers, while the source is written to. */
@Timeout(180)
class WholeRunIT {
    @Test
    void byGtid() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            replicateUnderLoad(pair, pair.plan().withGtid().retainBinlogs(Duration.ofHours(1000)));
        }
    }

    @Test
    void byPositionFromAnOlderSeriesWithoutTls() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_5_7, MySqlRelease.MYSQL_8_0_31)) {
            replicateUnderLoad(pair, pair.plan().withBinlogPosition().retainBinlogs(Duration.ofHours(144)));
        }
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"5.7, 5.7", "5.7, 8.0.15", "5.7, 8.0", "8.0.15, 8.0.15", "8.0.15, 8.0", "8.0, 8.0", "8.0, 9", "9, 9"})
    void everyPairByGtidAndByPosition(String source, String replica) throws Exception {
        MySqlRelease from = MySqlRelease.named(source.strip());
        MySqlRelease to = MySqlRelease.named(replica.strip());
        try (Pair pair = Pair.gtid(from, to)) {
            ReplicationPlan plan = pair.plan().withGtid();
            // 5.7 takes GTIDs over only while it has none of its own.
            replicateUnderLoad(pair, to == MySqlRelease.MYSQL_5_7 ? plan.allowReplicaBinlogReset() : plan);
        }
        try (Pair pair = Pair.position(from, to)) {
            replicateUnderLoad(pair, pair.plan().withBinlogPosition());
        }
    }

    private static void replicateUnderLoad(Pair pair, ReplicationPlan plan) throws Exception {
        try (Writing writing = Writing.on(pair.source())) {
            RunResult result = pair.run(plan);
            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification().orElseThrow().isClean()).isTrue();
            assertThat(result.left()).isEmpty();
            writing.stop();

            assertThat(writing.transactions()).isGreaterThan(50);
            assertThat(pair.compare(plan).mismatches()).isZero();
            assertThat(pair.replica().query("SELECT COUNT(*), SUM(n), MAX(id) FROM live.t"))
                    .isEqualTo(pair.source().query("SELECT COUNT(*), SUM(n), MAX(id) FROM live.t"));
        }
        end(pair, plan);
    }

    private static void end(Pair pair, ReplicationPlan plan) throws InterruptedException {
        EndPlan end = EndPlan.of(pair.replicaEndpoint())
                .source(pair.sourceEndpoint())
                .dropReplicationUser(plan.replicationAccount().user(), "127.0.0.1");
        for (var consent : plan.consents()) {
            end = end.allow(consent);
        }

        assertThat(pair.sluice().start(pair.sluice().compile(end)).await().state())
                .isEqualTo(RunState.SUCCEEDED);

        assertThat(pair.source()
                        .query("SELECT COUNT(*) FROM mysql.user WHERE user = 'sluice_repl'")
                        .get(0)
                        .get(0))
                .isEqualTo("0");
    }
}
