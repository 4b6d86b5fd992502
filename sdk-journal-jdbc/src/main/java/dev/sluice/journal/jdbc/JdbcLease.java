// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.journal.jdbc;

import dev.sluice.core.journal.JournalWriter;
import dev.sluice.core.journal.ProcessMark;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Who has a run, as the database has it.
 *
 * @param token of the last process that took it
 * @param owner which that was, {@code ""} if nobody did yet
 * @param isFree whether it has let go
 * @param silence milliseconds since it was renewed, by the database's clock
 */
record JdbcLease(long token, String owner, boolean isFree, long silence) {
    private static JdbcLease of(ResultSet row) throws SQLException {
        return new JdbcLease(row.getLong(1), row.getString(2), row.getInt(3) != 0, row.getLong(4));
    }

    static Optional<JdbcLease> find(Connection connection, JdbcDialect dialect, String run) throws SQLException {
        return JdbcCalls.first(connection, JdbcLease::of, select(dialect), run);
    }

    /** Nobody else can change it until the transaction ends. */
    static Optional<JdbcLease> lock(Connection connection, JdbcDialect dialect, String run) throws SQLException {
        return JdbcCalls.first(connection, JdbcLease::of, select(dialect) + " FOR UPDATE", run);
    }

    private static String select(JdbcDialect dialect) {
        return "SELECT token, owner, is_free, " + dialect.now()
                + " - renewed_at FROM sluice_journal_run WHERE run_id = ?";
    }

    /** Whether a process has it that may be alive. */
    boolean isHeld() {
        return !isFree
                && silence <= JournalWriter.SILENCE.toMillis()
                && mark().filter(ProcessMark::isDead).isEmpty();
    }

    boolean isOf(long mine) {
        return token == mine && !isFree;
    }

    private Optional<ProcessMark> mark() {
        return ProcessMark.parse(owner);
    }

    String ownerText() {
        return mark().map(ProcessMark::toString).orElse("another process");
    }
}
