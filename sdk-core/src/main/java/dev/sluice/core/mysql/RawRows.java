// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.sql.SQLException;

/**
 * The rows of a running query, one after the other, as the bytes that the server sends: no value becomes a number or a date on the
 * way. One thread at a time. Failures go through {@link SqlFailures}.
 */
public interface RawRows extends AutoCloseable {
    /**
     * Goes to the next row, the first one at first.
     *
     * @param into one for each column; they point to its values until the next row
     * @return false after the last row
     */
    boolean next(RawValue[] into) throws SQLException;

    /** Ends the query. Rows that were not read are taken off the connection first, unless the session was killed. */
    @Override
    void close() throws SQLException;
}
