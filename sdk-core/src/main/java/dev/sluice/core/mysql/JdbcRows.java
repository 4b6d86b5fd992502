// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Rows by JDBC alone, where the driver is not known: what it makes of values is up to it. */
record JdbcRows(Statement statement, ResultSet rows) implements RawRows {
    static JdbcRows of(Connection connection, String sql) throws SQLException {
        Statement statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        try {
            // The word of MySQL Connector/J, which a wrapper may hide, for: row by row, as they come.
            statement.setFetchSize(Integer.MIN_VALUE);
            return new JdbcRows(statement, statement.executeQuery(sql));
        } catch (SQLException | RuntimeException failure) {
            statement.close();
            throw failure;
        }
    }

    @Override
    public boolean next(RawValue[] into) throws SQLException {
        if (!rows.next()) {
            return false;
        }
        for (int i = 0; i < into.length; i++) {
            into[i].set(rows.getBytes(i + 1));
        }
        return true;
    }

    @Override
    public void close() throws SQLException {
        // The statement closes its rows; closing these first would read them twice to their end.
        statement.close();
    }
}
