// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.util.Optional;

/** Tells where the chunks of a table end, one after the other in the order of the key. One thread at a time. */
interface ChunkEnds {
    /**
     * Those of a table.
     *
     * @param keys what its source says of them
     */
    static ChunkEnds of(ComparedTable table, KeyLook keys) {
        return table.source().key().isWholeNumber()
                ? EstimatedEnds.of(keys, table.chunkRows())
                : new CountedEnds(keys, table.chunkRows());
    }

    /** The last key of the next chunk, which need not be in the table; empty if what remains is the last chunk. */
    Optional<RowKey> next();
}
