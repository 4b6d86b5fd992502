// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import java.math.BigInteger;

/**
 * A range with the rows that the server believes to be in it.
 *
 * @param start where it begins
 * @param end where it ends, which is not part of it
 * @param rows the server's estimate
 */
record EstimatedRange(BigInteger start, BigInteger end, long rows) {
    boolean canBeCut() {
        return end.subtract(start).compareTo(BigInteger.ONE) > 0;
    }

    BigInteger middle() {
        return start.add(end).divide(BigInteger.TWO);
    }

    /** Both together, of which the other one follows. */
    EstimatedRange with(EstimatedRange next) {
        return new EstimatedRange(start, next.end, rows + next.rows);
    }
}
