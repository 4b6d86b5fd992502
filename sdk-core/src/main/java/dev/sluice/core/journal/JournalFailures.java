// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.JournalException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.run.RunId;
import org.jspecify.annotations.Nullable;

/** What all journals have to say when something is wrong. Nothing was changed on any server by then. */
public final class JournalFailures {
    private JournalFailures() {}

    /** Another process drives the run. */
    public static JournalException taken(RunId run, String owner) {
        return of(JournalCode.RUN_TAKEN, "The run " + run + " is driven by " + owner, null);
    }

    /** Another process has taken the run from this one. */
    public static JournalException lost(RunId run) {
        return of(JournalCode.LEASE_LOST, "The run " + run + " was taken over by another process", null);
    }

    /** It can be neither read nor written, for this reason. */
    public static JournalException unusable(String what, @Nullable Throwable cause) {
        return of(JournalCode.JOURNAL_UNUSABLE, what, cause);
    }

    static JournalException open(String what, @Nullable Throwable cause) {
        return of(JournalCode.FOLDER_OPEN, what, cause);
    }

    static JournalException home(String what, @Nullable Throwable cause) {
        return of(JournalCode.HOME_UNUSABLE, what, cause);
    }

    private static JournalException of(JournalCode code, String what, @Nullable Throwable cause) {
        return new JournalException(Problem.of(code, what), Effect.NONE, cause);
    }
}
