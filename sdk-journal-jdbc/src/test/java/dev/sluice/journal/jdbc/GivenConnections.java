// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.journal.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A host's data source whose connections are what a test makes of them.
 *
 * @param maker of each
 */
record GivenConnections(Maker maker) implements DataSource {
    @FunctionalInterface
    interface Maker {
        Connection make() throws SQLException;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return maker.make();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return maker.make();
    }

    @Override
    public PrintWriter getLogWriter() {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException("it is the host's to set");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("nothing is wrapped");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
