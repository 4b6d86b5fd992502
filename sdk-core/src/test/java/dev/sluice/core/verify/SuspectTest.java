// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.verify.RowDifference.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SuspectTest {
    private final Suspect suspect = new Suspect(false);

    private void round(@Nullable String source, @Nullable String replica) {
        suspect.beginRound();
        suspect.seenOnSource(source);
        suspect.seenOnReplica(replica);
        suspect.endRound();
    }

    @Test
    void oneRoundProvesNothing() {
        round("a", "b");

        assertThat(suspect.agrees()).isFalse();
        assertThat(suspect.isProven()).isFalse();
    }

    @Test
    void eightRoundsOfTheSameProveADifference() {
        for (int i = 0; i < 7; i++) {
            round("a", "b");
            assertThat(suspect.isProven()).isFalse();
        }
        round("a", "b");

        assertThat(suspect.isProven()).isTrue();
        assertThat(suspect.difference()).isEqualTo(Kind.CHANGED);
    }

    @Test
    void changeOnTheSourceBeginsTheProofAnew() {
        for (int i = 0; i < 7; i++) {
            round("a", "b");
        }
        round("c", "b");
        for (int i = 0; i < 7; i++) {
            round("a", "b");
            assertThat(suspect.isProven()).isFalse();
        }
    }

    @Test
    void changeOnTheReplicaBeginsTheProofAnew() {
        for (int i = 0; i < 20; i++) {
            round("a", i % 2 == 0 ? "b" : null);
            assertThat(suspect.isProven()).isFalse();
        }
    }

    @Test
    void changeWithinARoundProvesNothing() {
        for (int i = 0; i < 20; i++) {
            suspect.beginRound();
            suspect.seenOnSource("a");
            suspect.seenOnReplica("b");
            suspect.seenOnSource("c");
            suspect.endRound();
            assertThat(suspect.isProven()).isFalse();
        }
    }

    @Test
    void whatTheReplicaShowsIsWhatTheSourceShowedInTheSameRound() {
        suspect.beginRound();
        suspect.seenOnSource("a");
        suspect.seenOnReplica("b");
        suspect.seenOnSource("b");

        assertThat(suspect.agrees()).isTrue();
    }

    @Test
    void whatTheSourceShowedInAnEarlierRoundDoesNotCount() {
        round("b", "c");
        suspect.beginRound();
        suspect.seenOnSource("a");
        suspect.seenOnReplica("b");

        assertThat(suspect.agrees()).isFalse();
    }

    @Test
    void whereChangesAreRelativeASourceThatMovesAgreesWithNothing() {
        Suspect counted = new Suspect(true);
        counted.beginRound();
        counted.seenOnSource("10");
        counted.seenOnReplica("10");
        counted.seenOnSource("11");

        assertThat(counted.agrees()).isFalse();
        counted.endRound();
        assertThat(counted.isHot()).isTrue();
        assertThat(counted.isProven()).isFalse();

        counted.beginRound();
        counted.seenOnSource("11");
        counted.seenOnReplica("11");
        counted.seenOnSource("11");

        assertThat(counted.agrees()).isTrue();
    }

    @Test
    void rowThatIsGoneOnBothAgrees() {
        suspect.beginRound();
        suspect.seenOnSource(null);
        suspect.seenOnReplica(null);

        assertThat(suspect.agrees()).isTrue();
    }

    @Test
    void rowThatOneSideLacksIsMissingOrExtra() {
        round("a", null);
        assertThat(suspect.difference()).isEqualTo(Kind.MISSING);

        round(null, "a");
        assertThat(suspect.difference()).isEqualTo(Kind.EXTRA);
    }
}
