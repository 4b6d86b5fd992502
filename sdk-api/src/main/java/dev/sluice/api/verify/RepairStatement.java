// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.verify;

import static java.util.Objects.requireNonNull;

/**
 * A statement that would make a row on the replica as it was on the source when it was read. It is data: Sluice never runs it. Immutable and
 * thread-safe.
 *
 * <p>It changes a row only if the replica still shows what it showed when the statement was written; a row that has changed since is left as
 * it is. The statement holds the row's values, which may be anybody's secrets: log {@link #preview()} instead, as {@code toString} does.
 *
 * @param sql the whole statement, every name and value quoted
 * @param preview the same with keys shortened to 64 characters and no other value
 */
public record RepairStatement(String sql, String preview) {
    public RepairStatement {
        requireNonNull(sql, "sql");
        requireNonNull(preview, "preview");
    }

    /** The preview: the statement holds values of rows. */
    @Override
    public String toString() {
        return preview;
    }
}
