// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.core.journal.JournalCode;

/** Why a run stops before its end, although nothing failed. */
enum StopReason {
    /** Somebody cancelled: everything is undone. */
    CANCEL(RunCode.CANCELLED),
    /** The host closed Sluice: locks are released, all else stays. */
    CLOSE(RunCode.CLOSED),
    /** The claim on the replica is lost: another run may have it, so nothing more is touched. */
    REPLICA_LOST(RunCode.REPLICA_LOST),
    /** Another process has taken the run over: nothing more is touched, not even to undo. */
    LEASE_LOST(JournalCode.LEASE_LOST);

    private final ErrorCode code;

    StopReason(ErrorCode code) {
        this.code = code;
    }

    ErrorCode code() {
        return code;
    }
}
