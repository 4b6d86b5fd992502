// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.LongConsumer;

/** Rows by JDBC alone, where the driver is not known: what it makes of values is up to it. How wide a row is shows when it is there. One thread at a time. */
final class JdbcRows implements RawRows {
    private final Statement statement;
    private final ResultSet rows;
    private final LongConsumer beforeWide;
    private long lastRow;

    private JdbcRows(Statement statement, ResultSet rows, LongConsumer beforeWide) {
        this.statement = statement;
        this.rows = rows;
        this.beforeWide = beforeWide;
    }

    static JdbcRows of(Connection connection, String sql, LongConsumer beforeWide) throws SQLException {
        Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        try {
            // The word of MySQL Connector/J, which a wrapper may hide, for: row by row, as they come.
            statement.setFetchSize(Integer.MIN_VALUE);
            return new JdbcRows(statement, statement.executeQuery(sql), beforeWide);
        } catch (SQLException | RuntimeException failure) {
            statement.close();
            throw failure;
        }
    }

    @Override
    public boolean next(RawValue[] into) throws SQLException {
        beforeWide.accept(lastRow);
        if (!rows.next()) {
            return false;
        }
        lastRow = 0;
        for (int i = 0; i < into.length; i++) {
            into[i].set(rows.getBytes(i + 1));
            lastRow += into[i].length();
        }
        return true;
    }

    @Override
    public void close() throws SQLException {
        // The statement closes its rows; closing these first would read them twice to their end.
        statement.close();
    }
}
