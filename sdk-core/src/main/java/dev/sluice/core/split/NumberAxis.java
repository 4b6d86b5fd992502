// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Integers, and decimals by their last digit.
 *
 * @param scale digits behind the point, 0 for integers
 */
record NumberAxis(BigInteger low, BigInteger high, int scale) implements KeyAxis {
    /** From the least and the greatest value as the server writes them: decimals always with all digits of their column. */
    static NumberAxis between(String least, String greatest) {
        BigDecimal low = new BigDecimal(least);
        BigDecimal high = new BigDecimal(greatest);
        int scale = Math.max(low.scale(), high.scale());
        return new NumberAxis(
                low.setScale(scale).unscaledValue(),
                high.setScale(scale).unscaledValue().add(BigInteger.ONE),
                scale);
    }

    @Override
    public String literal(BigInteger point) {
        return new BigDecimal(point, scale).toPlainString();
    }
}
