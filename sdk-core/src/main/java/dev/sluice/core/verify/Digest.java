// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of a set of rows: how many they are, and a {@link RowSum} of their checksums, which unlike a hash of hashes does not
 * depend on their order. Immutable.
 */
record Digest(long rows, BigInteger sum) {
    /** What a query for a count and a sum returns. */
    static Digest read(ReadSession session, RowSum sum, String sql) {
        return of(session, sum, session.row(sql));
    }

    /**
     * From a count and a sum as a query returns them.
     *
     * @throws dev.sluice.api.error.StepRefusedException if there are rows and no checksum of any
     */
    static Digest of(ReadSession session, RowSum kind, List<@Nullable String> row) {
        String count = row.get(0);
        String answer = row.get(1);
        long rows = count == null ? 0 : Long.parseLong(count);
        BigInteger sum = answer == null ? BigInteger.ZERO : kind.read(answer);
        if (sum.signum() == 0 && rows > 0) {
            throw session.valueLost("none of " + rows + " rows has a checksum");
        }
        return new Digest(rows, sum);
    }
}
