// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.RawValue;
import java.util.List;

/** How rows travel to the replica. Immutable and thread-safe. */
interface RowFormat {
    /** More than any format puts around a value. */
    int AROUND_VALUE = 40;

    /** What stands before the first row. */
    byte[] head(TransferStatements statements);

    /** How many bytes a row takes, exactly. */
    long size(TransferStatements statements, RawValue[] row);

    /** How many bytes a row takes at most, without looking at each of its bytes. */
    static long sizeAtMost(RawValue[] row) {
        long size = 4;
        for (RawValue value : row) {
            size += AROUND_VALUE + 2L * value.length();
        }
        return size;
    }

    /** Appends a row to the batch, which has room for it. */
    void append(TransferStatements statements, RawValue[] row, Batch batch);

    /** Writes the rows in a transaction of their own. */
    Confirmation send(Batch batch, MySqlSession session);

    /** The largest batch that the replica takes. */
    long largest();

    /** What this session's server takes. */
    static RowFormat of(MySqlSession target) {
        boolean allowed = target.queryValue("SELECT @@GLOBAL.local_infile")
                .filter("1"::equals)
                .isPresent();
        long packet = target.queryValue("SELECT @@GLOBAL.max_allowed_packet")
                .map(Long::parseLong)
                .orElseThrow();
        return allowed && target.streamsRows() ? new LoadFormat(packet) : InsertFormat.of(target, packet);
    }

    /**
     * What the replica said about a batch.
     *
     * @param written rows that are in the table now
     * @param leftOut rows that are not
     * @param warnings warnings, each of them about one value
     * @param kinds the error numbers of the warnings
     */
    record Confirmation(long written, long leftOut, long warnings, List<String> kinds) {}
}
