// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LateClaimTest {
    private final CreatedReplica replica = new CreatedReplica();
    private final Taken taken = new Taken();

    /** A claim that can be lost. */
    private static final class Taken implements Claim {
        private boolean isHeld = true;
        private boolean isClosed;
        private int times;

        Claim take() {
            times++;
            return this;
        }

        @Override
        public boolean isHeld() {
            return isHeld;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    @Test
    void beforeTheReplicaIsThereNobodyIsAsked() {
        LateClaim claim = LateClaim.of(replica, taken::take);

        assertThat(claim.isHeld()).isTrue();
        claim.close();
        assertThat(taken.times).isZero();
        assertThat(taken.isClosed).isFalse();
    }

    @Test
    void onceItIsThereTheClaimCounts() {
        LateClaim claim = LateClaim.of(replica, taken::take);
        claim.take();
        assertThat(replica.state()).isEqualTo(CreatedReplica.State.THERE);
        assertThat(claim.isHeld()).isTrue();

        taken.isHeld = false;

        assertThat(claim.isHeld()).isFalse();
        claim.close();
        assertThat(taken.isClosed).isTrue();
    }

    /** Somebody else works there already: nothing of it may be undone. */
    @Test
    void whoCannotTakeItDoesNotHoldIt() {
        LateClaim claim = LateClaim.of(replica, () -> {
            throw new IllegalStateException("taken");
        });

        assertThatThrownBy(claim::take).hasMessage("taken");

        assertThat(claim.isHeld()).isFalse();
    }

    @Test
    void whoTakesItBackLaterClaimsItAtOnce() {
        replica.isThere();

        LateClaim.of(replica, taken::take);

        assertThat(taken.times).isEqualTo(1);
    }

    @Test
    void onceItIsBeingDeletedNothingIsLostWithItsSession() {
        LateClaim claim = LateClaim.of(replica, taken::take);
        claim.take();
        claim.replicaIsRemoved();
        taken.isHeld = false;

        assertThat(claim.isHeld()).isTrue();
        LateClaim.of(replica, taken::take);
        assertThat(taken.times).isEqualTo(1);
    }
}
