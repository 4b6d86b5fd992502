// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Rows by JDBC alone, where the driver is not known: what it makes of values is up to it. */
record JdbcRows(Statement statement, ResultSet rows) implements RawRows {
    @Override
    public boolean next() throws SQLException {
        return rows.next();
    }

    @Override
    public void read(int column, RawValue into) throws SQLException {
        into.set(rows.getBytes(column + 1));
    }

    @Override
    public void close() throws SQLException {
        // The statement closes its rows; closing these first would read them twice to their end.
        statement.close();
    }
}
