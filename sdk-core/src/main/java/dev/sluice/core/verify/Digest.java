// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of a set of rows: how many they are, and the sum of 60 bits of each one's SHA-256. Unlike an exclusive or, a
 * sum counts equal rows, and unlike a hash of hashes it does not depend on their order. Immutable.
 */
record Digest(long rows, BigInteger sum) {
    /** From a count and a sum as a query returns them. */
    static Digest of(List<@Nullable String> row) {
        String count = row.get(0);
        String sum = row.get(1);
        return new Digest(
                count == null ? 0 : Long.parseLong(count), sum == null ? BigInteger.ZERO : new BigInteger(sum));
    }
}
