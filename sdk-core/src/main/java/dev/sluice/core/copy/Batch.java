// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.mysql.MySqlSession;
import org.jspecify.annotations.Nullable;

/** Some whole rows of one table, on their way: the unit that the replica confirms. One thread at a time. */
interface Batch {
    /** Adds a value of the current row. */
    void value(byte @Nullable [] value, int column);

    void endRow();

    int rows();

    /** Bytes that will be sent. */
    int size();

    TableCopy table();

    /** Writes the rows, in a transaction of their own, and returns only if the replica confirmed each of them unchanged. */
    void write(MySqlSession session);
}
