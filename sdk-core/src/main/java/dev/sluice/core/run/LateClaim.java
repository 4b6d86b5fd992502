// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The claim on a replica that the run creates: taken once it is there, and of no account any more once the run has begun to delete it.
 * Taken by one thread, looked at by any.
 */
final class LateClaim implements Claim {
    private final CreatedReplica replica;
    private final Supplier<Claim> taker;
    private volatile @Nullable Claim taken;

    LateClaim(CreatedReplica replica, Supplier<Claim> taker) {
        this.replica = replica;
        this.taker = taker;
    }

    /** At once if the replica is there. */
    static LateClaim of(CreatedReplica replica, Supplier<Claim> taker) {
        LateClaim claim = new LateClaim(replica, taker);
        if (replica.state() == CreatedReplica.State.THERE) {
            claim.take();
        }
        return claim;
    }

    /**
     * The replica is there.
     *
     * @throws dev.sluice.api.error.StepException if another run has claimed it, or it cannot be reached
     */
    void take() {
        if (taken != null) {
            return;
        }
        // From now on others can get at it, also if this fails.
        replica.isThere();
        taken = taker.get();
    }

    @Override
    public boolean isHeld() {
        if (replica.state() != CreatedReplica.State.THERE) {
            return true;
        }
        Claim held = taken;
        return held != null && held.isHeld();
    }

    @Override
    public void replicaIsRemoved() {
        replica.isRemoved();
    }

    @Override
    public void close() {
        Claim held = taken;
        if (held != null) {
            held.close();
        }
    }
}
