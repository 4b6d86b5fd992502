// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.ServerSession;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run's claim on its replica. A failover of the replica takes it, since the server that held it is gone; while the run only waits for its
 * replica it is then taken anew on the next server. No second run slips in between, because a fence stands as long as the run lasts: the same
 * replica is claimed on the source, too, which the failover does not touch. Where the fence fell as well, nobody can tell, and the run ends.
 * Thread-safe.
 */
final class RunClaim implements Claim {
    private final @Nullable Supplier<? extends Claim> fences;
    private final Function<Runnable, ReplicaClaim> opener;
    private final Runnable lost;

    /** Guarded by this, as all below. */
    private @Nullable Claim fence;

    private @Nullable ReplicaClaim current;

    private boolean isLost;
    private boolean mayBeRenewed;

    private RunClaim(
            @Nullable Supplier<? extends Claim> fences, Function<Runnable, ReplicaClaim> opener, Runnable lost) {
        this.fences = fences;
        this.opener = opener;
        this.lost = lost;
    }

    /**
     * Claims the replica.
     *
     * @param fences puts up a fence, which is closed with this; null if the claim cannot be renewed
     * @param opener claims whichever server is the replica, and has somebody told if that claim is lost
     * @param lost called once, on any thread, when the claim is lost for good before it is closed
     */
    static RunClaim of(
            @Nullable Supplier<? extends Claim> fences, Function<Runnable, ReplicaClaim> opener, Runnable lost) {
        RunClaim claim = new RunClaim(fences, opener, lost);
        claim.putUpFence();
        try {
            claim.take();
            return claim;
        } catch (RuntimeException | Error failure) {
            claim.closeFence();
            throw failure;
        }
    }

    private void putUpFence() {
        if (fences != null) {
            Claim next = fences.get();
            synchronized (this) {
                fence = next;
            }
        }
    }

    private void closeFence() {
        Claim old;
        synchronized (this) {
            old = fence;
            fence = null;
        }
        if (old != null) {
            old.close();
        }
    }

    private void take() {
        ReplicaClaim taken = opener.apply(this::noteLoss);
        synchronized (this) {
            current = taken;
            isLost = false;
        }
    }

    private void noteLoss() {
        boolean isFinal;
        synchronized (this) {
            isLost = true;
            isFinal = !mayBeRenewed;
        }
        if (isFinal) {
            lost.run();
        }
    }

    /** From now on a loss is waited for to be made good, or ends the run at once, also one of a moment ago. */
    @Override
    public void renewable(boolean now) {
        boolean isFinal;
        synchronized (this) {
            mayBeRenewed = now && fences != null;
            isFinal = isLost && !mayBeRenewed;
        }
        if (isFinal) {
            lost.run();
        }
    }

    /**
     * Claims the server that is the replica now.
     *
     * @throws StepRefusedException if another run has it, or may have had it
     */
    void renew() {
        requireFence();
        letGo();
        take();
    }

    /** Without a fence a restart ends the run, as any loss does. */
    @Override
    public void replicaMayHaveRestarted() {
        if (fences != null) {
            renew();
        }
    }

    /**
     * The fence went with the sessions of the source. As long as the replica itself was never lost, nobody else can have had it, and the fence
     * is put up again.
     *
     * @throws StepRefusedException if another run stands on the source in the name of this replica
     */
    @Override
    public void sourceMayHaveRestarted() {
        if (fences != null && isHeld()) {
            closeFence();
            putUpFence();
        }
    }

    private void requireFence() {
        Claim standing;
        synchronized (this) {
            standing = fence;
        }
        if (standing == null || !standing.isHeld()) {
            throw new StepRefusedException(
                    Problem.of(
                            RunCode.REPLICA_LOST,
                            "The claim on the replica is lost, and the one on its source with it: another run may have had the replica"));
        }
    }

    private void letGo() {
        ReplicaClaim old;
        synchronized (this) {
            old = current;
            current = null;
            isLost = true;
        }
        if (old != null) {
            old.close();
        }
    }

    /** Asks the server that is claimed. */
    <T> T ask(Function<ServerSession, T> question) {
        ReplicaClaim held = held();
        if (held == null) {
            throw new IllegalStateException("The claim is lost");
        }
        return held.ask(question);
    }

    private synchronized @Nullable ReplicaClaim held() {
        return current;
    }

    @Override
    public boolean isHeld() {
        ReplicaClaim held;
        synchronized (this) {
            held = isLost ? null : current;
        }
        return held != null && held.isHeld();
    }

    @Override
    public void close() {
        try {
            letGo();
        } finally {
            closeFence();
        }
    }
}
