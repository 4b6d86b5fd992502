// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one try for a snapshot ended. What makes every further try pointless is thrown instead. */
sealed interface AttemptResult {
    /** The snapshots are open and writers are free. */
    record Taken(SnapshotMoment moment) implements AttemptResult {}

    /** The server denies this lock to the user; nothing was locked. */
    record Denied(Problem problem, StepException cause) implements AttemptResult {}

    /**
     * No snapshot this time; writers are free. Another try may succeed.
     *
     * @param writersHeldUp the longest that writers may have waited; zero if the lock was not asked for
     */
    record SetBack(Problem problem, @Nullable Throwable cause, Duration writersHeldUp) implements AttemptResult {
        static SetBack of(SnapshotErrorCode code, String what, @Nullable Throwable cause) {
            return of(Problem.of(code, what), cause);
        }

        static SetBack of(Problem problem, @Nullable Throwable cause) {
            return new SetBack(problem, cause, Duration.ZERO);
        }

        SetBack after(Duration heldUp) {
            return new SetBack(problem, cause, heldUp);
        }

        boolean wasAskedFor() {
            return !writersHeldUp.isZero();
        }
    }
}
