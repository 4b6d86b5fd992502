// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

/** Why a run stops before its end, although nothing failed. */
enum StopReason {
    /** Somebody cancelled: everything is undone. */
    CANCEL(RunCode.CANCELLED),
    /** The host closed Sluice: locks are released, all else stays. */
    CLOSE(RunCode.CLOSED),
    /** The claim on the replica is lost: another run may have it, so nothing more is touched. */
    REPLICA_LOST(RunCode.REPLICA_LOST);

    private final RunCode code;

    StopReason(RunCode code) {
        this.code = code;
    }

    RunCode code() {
        return code;
    }
}
