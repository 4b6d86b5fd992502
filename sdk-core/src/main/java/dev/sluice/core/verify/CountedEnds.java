// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has the server pass over the rows of each chunk to see where it ends. For keys of every kind. */
final class CountedEnds implements ChunkEnds {
    private final KeyLook keys;
    private final long rows;
    private @Nullable RowKey after;

    CountedEnds(KeyLook keys, long rows) {
        this.keys = keys;
        this.rows = rows;
    }

    @Override
    public Optional<RowKey> next() {
        Optional<RowKey> end = keys.at(new KeyRange(after, null), rows - 1);
        end.ifPresent(key -> after = key);
        return end;
    }
}
