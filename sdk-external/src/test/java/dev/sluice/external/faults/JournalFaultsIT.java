// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The journal's database gets in the way of a run that copies. */
@Timeout(300)
@Tag("long")
class JournalFaultsIT {
    private static boolean redoLogIsOn(FaultStage stage) {
        return stage.replica()
                .query("SHOW GLOBAL STATUS LIKE 'Innodb_redo_log_enabled'")
                .toString()
                .contains("ON");
    }

    @Test
    void theDatabaseFailsOver() throws Exception {
        try (JournalDatabase database = new JournalDatabase();
                FaultStage stage = new FaultStage().recording(database::journal)) {
            ReplicationRun run = stage.startAndAwaitCopying();

            database.goesDown();
            LockSupport.parkNanos(Duration.ofSeconds(8).toNanos());
            database.comesBack();

            stage.awaitSuccess(run);
            stage.assertRetried("CORE-601");
        }
    }

    @Test
    void theDatabaseStaysAway() throws Exception {
        try (JournalDatabase database = new JournalDatabase();
                FaultStage stage =
                        new FaultStage().recording(database::journal).with(ReplicationPlan::allowRedoLogOff)) {
            ReplicationRun run = stage.startAndAwaitCopying();
            assertThat(redoLogIsOn(stage)).isFalse();

            database.goesDown();

            stage.awaitFailure(run, "CORE-601");
            stage.assertNothingHeld();
            assertThat(redoLogIsOn(stage)).isTrue();
            database.comesBack();
            stage.resumeAnyway(run);
        }
    }

    @Test
    void theDatabaseFallsSilent() throws Exception {
        try (JournalDatabase database = new JournalDatabase();
                FaultStage stage =
                        new FaultStage().recording(database::journal).with(ReplicationPlan::allowRedoLogOff)) {
            ReplicationRun run = stage.startAndAwaitCopying();

            database.fallsSilent();

            stage.awaitFailure(run, "CORE-601");
            stage.assertNothingHeld();
            assertThat(redoLogIsOn(stage)).isTrue();
            database.comesBack();
            stage.abandon(run);
        }
    }
}
