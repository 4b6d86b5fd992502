// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

/** Where a run stands. */
public enum RunState {
    /** Steps are being done. */
    RUNNING,
    /** It waits for {@code proceed()}, as the plan asked for. */
    PAUSED,
    /** It waits for something that only a person can do. */
    WAITING_FOR_PERSON,
    /**
     * It was cancelled: nothing new starts, and what it has changed is being undone. It ends as CANCELLED, or, where something else had ended it
     * just before, as what that came to.
     *
     * @since 0.1
     */
    CANCELLING,
    /** All steps are done and confirmed. */
    SUCCEEDED,
    /**
     * It stopped at an error, or because Sluice was closed; its locks are released, its other changes are in place.
     * It can be resumed by its id if its journal outlives the process; {@link ReplicationRun#abandon()} undoes its changes.
     */
    FAILED,
    /** It was cancelled and its changes were undone, as far as they could be. */
    CANCELLED,
    /** It failed, and its changes were undone afterwards by {@link ReplicationRun#abandon()}, as far as they could be. */
    ABANDONED;

    /** Whether nothing more happens. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED || this == ABANDONED;
    }
}
