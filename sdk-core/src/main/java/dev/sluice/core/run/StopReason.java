// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.core.journal.JournalCode;

/** Why a run stops before its end, although nothing failed. */
enum StopReason {
    /** Somebody cancelled: everything is undone. */
    CANCEL,
    /** The host closed Sluice: locks are released, all else stays. */
    CLOSE,
    /** The claim on the replica is lost: another run may have it, so nothing more is touched. */
    REPLICA_LOST,
    /** Another process has taken the run over: nothing more is touched, not even to undo. */
    LEASE_LOST;

    ErrorCode code() {
        return switch (this) {
            case CANCEL -> RunCode.CANCELLED;
            case CLOSE -> RunCode.CLOSED;
            case REPLICA_LOST -> RunCode.REPLICA_LOST;
            case LEASE_LOST -> JournalCode.LEASE_LOST;
        };
    }
}
