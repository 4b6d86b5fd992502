// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import java.util.List;
import java.util.Optional;

/**
 * A session on a server for small statements that read. Changes are never made here: they are operations, which core runs.
 *
 * <p>Failures arrive as {@code StepException}s that say whether a retry can help. Not thread-safe: one thread at a time.
 */
public interface ServerSession {
    /** Runs a statement that reads and returns its rows, at most 100,000. */
    List<Row> query(String sql);

    /** The first row. */
    default Optional<Row> queryOne(String sql) {
        return query(sql).stream().findFirst();
    }

    /** The first column of the first row, empty if there is no row or it is NULL. */
    default Optional<String> queryValue(String sql) {
        return queryOne(sql).flatMap(Row::first);
    }
}
