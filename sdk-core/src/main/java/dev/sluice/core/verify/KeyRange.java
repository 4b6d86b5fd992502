// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows after one key and up to another. Both ends are open where they are null, so that the ranges of a table leave out no row,
 * whatever only one of the servers holds. Immutable.
 */
record KeyRange(@Nullable RowKey after, @Nullable RowKey upTo) {
    static final KeyRange WHOLE = new KeyRange(null, null);

    /** The condition on this server's spelling of the key. */
    String where(TableKey key) {
        List<String> conditions = new ArrayList<>();
        if (after != null) {
            conditions.add(key.isAfter(after));
        }
        if (upTo != null) {
            conditions.add(key.isUpTo(upTo));
        }
        return conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions);
    }
}
