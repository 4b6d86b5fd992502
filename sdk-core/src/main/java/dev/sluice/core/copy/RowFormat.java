// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.MySqlSession;

/** How rows travel to the replica. */
enum RowFormat {
    /** {@code LOAD DATA LOCAL} from a stream: the fastest. */
    LOAD {
        @Override
        Batch batch(TableCopy table) {
            return new LoadBatch(table, BATCH_BYTES + BATCH_BYTES / 8);
        }

        @Override
        int fullAt() {
            return BATCH_BYTES;
        }
    },
    /** Inserts of many rows, where the server takes no local files. */
    INSERT {
        @Override
        Batch batch(TableCopy table) {
            return new InsertBatch(table);
        }

        @Override
        int fullAt() {
            return INSERT_CHARACTERS;
        }
    };

    /** Large enough that a commit a batch costs little, small enough that all batches under way fit a small heap. */
    private static final int BATCH_BYTES = 2 << 20;

    /** Far below every server's max_allowed_packet, since a value has two characters a byte. */
    private static final int INSERT_CHARACTERS = 512 << 10;

    abstract Batch batch(TableCopy table);

    /** At which size a batch is handed on. */
    abstract int fullAt();

    /** What this server takes on this session. */
    static RowFormat of(MySqlSession target) {
        boolean allowed = target.queryValue("SELECT @@GLOBAL.local_infile")
                .filter("1"::equals)
                .isPresent();
        return allowed && target.streamsRows() ? LOAD : INSERT;
    }
}
