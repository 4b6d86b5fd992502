// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.coordinates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MySqlGtidSetTest {
    private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

    @Test
    void readsWhatServersPrintOverSeveralLines() {
        MySqlGtidSet set = MySqlGtidSet.parse(A.toUpperCase(java.util.Locale.ROOT) + ":1-5:11-18,\n" + B + ":7");

        assertThat(set).hasToString(A + ":1-5:11-18," + B + ":7");
        assertThat(set.count()).isEqualTo(14);
    }

    @Test
    void touchingAndOverlappingIntervalsAreOne() {
        assertThat(MySqlGtidSet.parse(A + ":4-9:1-3:8-12")).hasToString(A + ":1-12");
    }

    @Test
    void tagsAreSetsOfTheirOwn() {
        MySqlGtidSet set = MySqlGtidSet.parse(A + ":1-3:blue:1-2:5,  " + B + ":green:9");

        assertThat(set).hasToString(A + ":1-3," + A + ":blue:1-2:5," + B + ":green:9");
        assertThat(set.of(A).count()).isEqualTo(6);
        assertThat(set.contains(MySqlGtidSet.parse(A + ":blue:2"))).isTrue();
        assertThat(set.contains(MySqlGtidSet.parse(A + ":blue:3"))).isFalse();
    }

    @Test
    void theEmptyTextIsTheEmptySet() {
        assertThat(MySqlGtidSet.parse("")).isEqualTo(MySqlGtidSet.EMPTY);
        assertThat(MySqlGtidSet.EMPTY.isEmpty()).isTrue();
    }

    @Test
    void whatIsNoGtidSetIsRefused() {
        for (String text : new String[] {"x", A, A + ":0", A + ":5-3", A + ":1-", "not-a-uuid:1"}) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> MySqlGtidSet.parse(text));
        }
    }

    @Test
    void sumAndDifferenceAgreeWithSetsOfNumbers() {
        long seed = 20261121;
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            BitSet one = random(random);
            BitSet two = random(random);
            BitSet sum = (BitSet) one.clone();
            sum.or(two);
            BitSet difference = (BitSet) one.clone();
            difference.andNot(two);

            assertThat(set(one).plus(set(two))).as("seed %d, turn %d", seed, i).isEqualTo(set(sum));
            assertThat(set(one).minus(set(two))).as("seed %d, turn %d", seed, i).isEqualTo(set(difference));
            assertThat(set(one).contains(set(two)))
                    .as("seed %d, turn %d", seed, i)
                    .isEqualTo(sum.equals(one));
        }
    }

    private static BitSet random(Random random) {
        BitSet bits = new BitSet();
        for (int i = 1; i < 40; i++) {
            bits.set(i, random.nextInt(3) == 0);
        }
        return bits;
    }

    private static MySqlGtidSet set(BitSet bits) {
        StringBuilder text = new StringBuilder();
        bits.stream()
                .forEach(n ->
                        text.append(text.length() == 0 ? A : "").append(':').append(n));
        return MySqlGtidSet.parse(text.toString());
    }
}
