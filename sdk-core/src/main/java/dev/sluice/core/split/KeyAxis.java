// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The values of a key column as whole numbers in the order of the key. Not every value needs a number of its own: what matters is that a
 * larger number never stands for a value that the key has before. Immutable and thread-safe.
 */
interface KeyAxis {
    /** A number not above that of the least value. */
    BigInteger low();

    /** A number above that of the greatest value. */
    BigInteger high();

    /** The value at this number, which need not be in the table, as a literal. */
    String literal(BigInteger point);

    /** What the server has to compare to say whether literals are in the order of the key; empty where their order is certain. */
    default Optional<String> compared(String literal) {
        return Optional.empty();
    }
}
