// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.core.split.RangeEstimate;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one server says of the keys of a table. One thread at a time. */
interface KeyLook {
    /** The key of the row that is so many places after the first one of a range; reads all keys before it. */
    Optional<RowKey> at(KeyRange range, long places);

    /** How many rows the server believes to be in a range; a look into the index at both ends. */
    long estimate(KeyRange range);

    /** The least and the greatest key where it is one whole number; empty without rows. */
    Optional<Ends> ends();

    /** The least and the greatest of a table's keys. */
    record Ends(BigInteger least, BigInteger greatest) {}

    /** Of a table with a key, as this session sees it. */
    static KeyLook of(ComparedTable.Side side, ReadSession session) {
        TableKey key = side.key();
        return new KeyLook() {
            @Override
            public Optional<RowKey> at(KeyRange range, long places) {
                return session.rows(VerifyStatements.boundary(key, side.table(), range.where(key), places)).stream()
                        .findFirst()
                        .map(key::read);
            }

            @Override
            public long estimate(KeyRange range) {
                return RangeEstimate.rows(session, side.table(), range.where(key));
            }

            @Override
            public Optional<Ends> ends() {
                List<@Nullable String> row = session.row(VerifyStatements.ends(key, side.table()));
                String least = row.get(0);
                String greatest = row.get(1);
                return least == null || greatest == null
                        ? Optional.empty()
                        : Optional.of(new Ends(new BigInteger(least), new BigInteger(greatest)));
            }
        };
    }
}
