// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
}
