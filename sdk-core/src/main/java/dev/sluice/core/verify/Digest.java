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
    /** What a query for a count and a sum returns. */
    static Digest read(ReadSession session, String sql) {
        return of(session, session.row(sql));
    }

    /**
     * From a count and a sum as a query returns them.
     *
     * @throws dev.sluice.api.error.StepRefusedException if there are rows and no checksum of any
     */
    static Digest of(ReadSession session, List<@Nullable String> row) {
        String count = row.get(0);
        String sum = row.get(1);
        long rows = count == null ? 0 : Long.parseLong(count);
        if (sum == null && rows > 0) {
            throw session.valueLost("none of " + rows + " rows has a checksum");
        }
        return new Digest(rows, sum == null ? BigInteger.ZERO : new BigInteger(sum));
    }
}
