// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.core.mysql.Quote;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes, by the first few of them that are not the same in all values.
 *
 * @param prefix what all values begin with, in hexadecimal digits
 * @param counted how many bytes behind it count
 */
record BytesAxis(String prefix, int counted, BigInteger low, BigInteger high) implements KeyAxis {
    private static final int MOST = 12;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * From the least and the greatest value, in hexadecimal digits.
     *
     * @param length the longest value that the column takes; a longer bound might be cut
     */
    static BytesAxis between(String least, String greatest, int length) {
        byte[] low = HEX.parseHex(least);
        byte[] high = HEX.parseHex(greatest);
        int different = Arrays.mismatch(low, high);
        int same = different < 0 ? low.length : different;
        int counted = Math.min(MOST, length - same);
        return new BytesAxis(
                HEX.formatHex(low, 0, same),
                counted,
                number(low, same, counted),
                number(high, same, counted).add(BigInteger.ONE));
    }

    /** What is shorter counts as if zeros followed, and so before what has others there. */
    private static BigInteger number(byte[] value, int from, int count) {
        return new BigInteger(1, Arrays.copyOfRange(value, from, from + count));
    }

    @Override
    public String literal(BigInteger point) {
        byte[] bytes = point.toByteArray();
        byte[] value = new byte[counted];
        int length = Math.min(counted, bytes.length);
        System.arraycopy(bytes, bytes.length - length, value, counted - length, length);
        return Quote.bytes(prefix + HEX.formatHex(value));
    }
}
