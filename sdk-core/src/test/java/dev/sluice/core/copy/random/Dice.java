// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Random choices from a seed. One thread at a time. */
public final class Dice {
    private final Random random;

    public Dice(long seed) {
        // Seeds that follow each other would begin alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    }

    /** From 0 to below the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** True as often as this of a hundred times. */
    public boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    public <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    public final <T> T of(T... choices) {
        return of(Arrays.asList(choices));
    }

    <T> List<T> some(List<T> all, int count) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
    }

    long bits() {
        return random.nextLong();
    }

    double fraction() {
        return random.nextDouble();
    }

    /** From the least to the most, whatever their size. */
    BigInteger between(BigInteger least, BigInteger most) {
        BigInteger range = most.subtract(least).add(BigInteger.ONE);
        return least.add(new BigInteger(range.bitLength() + 8, random).mod(range));
    }

    String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    /** So many bytes in hexadecimal digits. */
    String hex(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
