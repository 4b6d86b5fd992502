// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.core.mysql.Quote;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Texts, by the few characters behind what the least and the greatest have in common. Only letters and digits of ASCII make bounds; whatever
 * other characters there are lies between two of them.
 *
 * @param prefix what the least and the greatest begin with
 * @param counted how many characters behind it count
 * @param collation how the column compares
 */
record TextAxis(String prefix, int counted, KeyCollation collation) implements KeyAxis {
    private static final int MOST = 12;

    /**
     * From the least and the greatest value.
     *
     * @param length the longest value that the column takes; a longer bound might be cut
     */
    static TextAxis between(String least, String greatest, int length, KeyCollation collation) {
        int same = 0;
        while (same < Math.min(least.length(), greatest.length()) && least.charAt(same) == greatest.charAt(same)) {
            same++;
        }
        boolean halfACharacter = same > 0 && Character.isHighSurrogate(least.charAt(same - 1));
        String prefix = least.substring(0, halfACharacter ? same - 1 : same);
        return new TextAxis(prefix, Math.min(MOST, length - prefix.codePointCount(0, prefix.length())), collation);
    }

    @Override
    public BigInteger low() {
        return BigInteger.ZERO;
    }

    @Override
    public BigInteger high() {
        return base().pow(counted);
    }

    private BigInteger base() {
        return BigInteger.valueOf(collation.alphabet().length());
    }

    @Override
    public String literal(BigInteger point) {
        StringBuilder text = new StringBuilder();
        BigInteger left = point;
        for (int i = 0; i < counted; i++) {
            BigInteger[] parts = left.divideAndRemainder(base());
            text.append(collation.alphabet().charAt(parts[1].intValue()));
            left = parts[0];
        }
        return Quote.literal(prefix + text.reverse());
    }

    /** Some collations compare by more than one character after the other. */
    @Override
    public Optional<String> compared(String literal) {
        return Optional.of(collation.of(literal));
    }
}
