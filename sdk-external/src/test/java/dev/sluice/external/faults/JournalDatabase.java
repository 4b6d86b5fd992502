// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import dev.sluice.core.journal.Journal;
import dev.sluice.journal.jdbc.JdbcJournal;
import dev.sluice.testing.front.FaultFront;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A database server for a journal, reached through a front. A host that sets no time limits on its connections. */
final class JournalDatabase implements DataSource, AutoCloseable {
    private final SharedServers.Loan loan = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31);
    private final FaultFront front;

    JournalDatabase() {
        server().execute("CREATE DATABASE journals");
        this.front = FaultFront.to(server().host(), server().port());
    }

    private MySqlServer server() {
        return loan.server();
    }

    Journal journal() {
        return JdbcJournal.in(this);
    }

    /** Its host is down: nobody gets through any more. */
    void goesDown() {
        front.refuse();
        front.cut();
    }

    /** Its host is off the network. */
    void fallsSilent() {
        front.stall();
    }

    void comesBack() {
        front.heal();
    }

    @Override
    public Connection getConnection() throws SQLException {
        Properties login = new Properties();
        login.put("user", server().rootUser());
        login.put("password", server().rootPassword());
        String here = server().host() + ":" + server().port();
        String url = server().jdbcUrl()
                .replace(here, front.host() + ":" + front.port())
                .replace("/?", "/journals?");
        return DriverManager.getConnection(url, login);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
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

    @Override
    public void close() {
        front.close();
        loan.close();
    }
}
