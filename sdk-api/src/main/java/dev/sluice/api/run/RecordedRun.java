// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import dev.sluice.api.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as its journal tells of it, whichever process drove it. Immutable and thread-safe.
 *
 * @param id the run
 * @param began when it was started, by the clock of the process that did
 * @param condition whether somebody has to do something about it
 * @param about which servers it is about, or why the journal could not be read, for people
 * @param planOrNull see {@link #plan()}
 * @param toUndo what it has registered to be undone and was not settled, line by line; whether it is in place only a look can tell
 */
public record RecordedRun(
        RunId id,
        Instant began,
        Condition condition,
        String about,
        @Nullable Plan planOrNull,
        List<String> toUndo) {
    public RecordedRun {
        toUndo = List.copyOf(toUndo);
    }

    /** What it was started for; empty if its journal cannot be read, or if the engine of one of its servers is not at hand. */
    public Optional<Plan> plan() {
        return Optional.ofNullable(planOrNull);
    }

    /** Where a run stands. */
    public enum Condition {
        /** A process drives it, this one or another. */
        UNDER_WAY,
        /** Its process ended before it did: it can be resumed or abandoned. */
        LEFT,
        /** It stopped at an error, or because Sluice was closed: it can be resumed or abandoned. */
        FAILED,
        /** A cancel, or abandoning it, did not come to its end: it can only be abandoned, which goes on with it. */
        HALF_UNDONE,
        /** It succeeded, or was taken back: nothing is to be done. */
        ENDED,
        /** Its journal is damaged, or of a later version. */
        UNREADABLE;

        /** Whether it waits for somebody to resume or abandon it. */
        public boolean isLeft() {
            return this == LEFT || this == FAILED || this == HALF_UNDONE;
        }
    }
}
