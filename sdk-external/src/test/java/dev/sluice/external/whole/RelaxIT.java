// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.testing.StoppingJournal;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.ServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica that is always a little behind is no reason to keep the retention raised, or to fail a run that is verified. */
@Tag("long")
@Timeout(180)
class RelaxIT {
    @Test
    void theRetentionIsRelaxedAlthoughTheLagIsNeverZero() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
                Writing writing = Writing.on(pair.source())) {
            ReplicationPlan plan = pair.plan()
                    .retainBinlogs(Duration.ofHours(1000))
                    .deadline(GuideStep.RELAX_RETENTION, Duration.ofSeconds(40))
                    .pauseBefore(GuideStep.RELAX_RETENTION);
            ReplicationRun run = pair.sluice().start(pair.sluice().compile(plan));
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);
            pair.replica()
                    .execute(
                            "STOP REPLICA SQL_THREAD",
                            "CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 3",
                            "START REPLICA");
            await().until(() -> pair.sluice()
                    .live(plan)
                    .lag()
                    .filter(lag -> lag.toSeconds() >= 2)
                    .isPresent());

            run.proceed();

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(pair.source()
                            .query("SELECT @@GLOBAL.binlog_expire_logs_seconds")
                            .toString())
                    .isEqualTo("[[2592000]]");
            assertThat(pair.sluice().live(plan).lag().orElseThrow()).isPositive();
            writing.stop();
        }
    }

    /** One that goes back to what it was, and one that goes down to what replication needs, which is more. */
    @ParameterizedTest
    @ValueSource(strings = {"2592000", "3600"})
    void whoTakesTheRunBackAfterThatFindsTheRetentionOfBefore(String before) throws Exception {
        try (Pair pair = Pair.of(
                MySqlRelease.MYSQL_8_0_31,
                options -> options.gtid().setting("binlog_expire_logs_seconds", before),
                MySqlRelease.MYSQL_8_0_31,
                ServerOptions::gtid)) {
            pair.source().execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
            Journal journal = Journal.inMemory();
            RunId run = dieOnceRelaxed(pair, journal);
            assertThat(retention(pair)).isNotEqualTo("3600000");

            try (Sluice other = pair.newSluice(builder -> builder.journal(journal))) {
                RunResult result = other.abandon(run);

                assertThat(result.state()).isEqualTo(RunState.ABANDONED);
                assertThat(result.left()).isEmpty();
            }
            assertThat(retention(pair)).isEqualTo(before);
            assertThat(
                            pair.source()
                                    .query(
                                            "SELECT VARIABLE_NAME FROM performance_schema.persisted_variables WHERE VARIABLE_NAME LIKE 'binlog_expire%'"))
                    .isEmpty();
        }
    }

    private static RunId dieOnceRelaxed(Pair pair, Journal journal) throws Exception {
        StoppingJournal stopping = StoppingJournal.before(journal, JournalRecord.StepsDone.class::isInstance);
        try (Sluice sluice = pair.newSluice(builder -> builder.journal(stopping))) {
            ReplicationRun run = sluice.start(sluice.compile(pair.plan().retainBinlogs(Duration.ofHours(1000))));
            run.completion().toCompletableFuture().get(90, TimeUnit.SECONDS);
            assertThat(stopping.hasStopped()).isTrue();
            return run.id();
        }
    }

    private static Object retention(Pair pair) {
        return pair.source()
                .query("SELECT @@GLOBAL.binlog_expire_logs_seconds")
                .get(0)
                .get(0);
    }
}
