// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import com.mysql.cj.Messages;
import com.mysql.cj.NativeSession;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcStatement;
import com.mysql.cj.jdbc.NonRegisteringDriver;
import dev.sluice.api.endpoint.ServerAddress;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.function.LongConsumer;

/**
 * The only class, with {@link PacketRows}, that is compiled against MySQL Connector/J: it connects without {@link java.sql.DriverManager}, streams rows
 * out of queries and into {@code LOAD DATA LOCAL}. Thread-safe: no state.
 */
final class ConnectorJ {
    private ConnectorJ() {}

    /**
     * Opens a connection.
     *
     * @param secrets user and password, which are never a part of the URL
     */
    static Connection open(ServerAddress address, Map<String, String> properties, Properties secrets)
            throws SQLException {
        CleanupThread.prevent();
        Properties all = new Properties();
        all.putAll(properties);
        all.putAll(secrets);
        Connection connection = new NonRegisteringDriver().connect(url(address), all);
        if (connection == null) {
            throw new SQLException("The driver does not take the address " + address);
        }
        return connection;
    }

    /** Characters that the driver would take for more hosts or for properties are refused. */
    private static String url(ServerAddress address) {
        String host = address.host();
        if (!host.matches("[\\p{L}\\p{N}._:%-]+")) {
            throw new IllegalArgumentException("A host is a name or an IP address, not '" + host + "'");
        }
        return "jdbc:mysql://" + address + "/";
    }

    /** Whether a failure to connect says that the server has no TLS to offer. */
    static boolean saysThatServerHasNoTls(SQLException error) {
        String text = Messages.getString("MysqlIO.15");
        Throwable current = error;
        for (int depth = 0; current != null && depth < 20; depth++) {
            if (String.valueOf(current.getMessage()).contains(text)) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }

    /**
     * Has the driver answer every request of the server for a local file with nothing. Until this is called, such a request is
     * refused by the driver, because {@link DriverProperties} names a folder that does not exist.
     *
     * @return whether the connection can stream into {@code LOAD DATA LOCAL} at all
     */
    static boolean answerLocalInfileWithNothing(Connection connection, SessionUse use) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.isWrapperFor(JdbcStatement.class) || !connection.isWrapperFor(JdbcConnection.class)) {
                return false;
            }
            statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(InputStream.nullInputStream());
        }
        if (use != SessionUse.WRITER) {
            return false;
        }
        connection
                .unwrap(JdbcConnection.class)
                .getPropertySet()
                .getBooleanProperty(PropertyKey.allowLoadLocalInfile)
                .setValue(true);
        return true;
    }

    /**
     * Has the driver send every character of a statement as one byte, so that statements can hold bytes that are no text.
     *
     * @return false if the connection is another driver's: its statements stay text
     */
    static boolean sendCharactersAsBytes(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(JdbcConnection.class)) {
            return false;
        }
        connection
                .unwrap(JdbcConnection.class)
                .getPropertySet()
                .getStringProperty(PropertyKey.characterEncoding)
                .setValue("ISO-8859-1");
        return true;
    }

    /**
     * Runs {@code LOAD DATA LOCAL} with rows from a stream.
     *
     * @return what the server says about it: records, deleted, skipped, warnings
     */
    static String loadLocal(Statement statement, String sql, InputStream rows) throws SQLException {
        JdbcStatement driver = statement.unwrap(JdbcStatement.class);
        driver.setLocalInfileInputStream(rows);
        try {
            driver.execute(sql);
            String info = driver.getResultSetInternal().getServerInfo();
            return info == null ? "" : info;
        } finally {
            // A used stream would stay set for the session and answer the next request.
            driver.setLocalInfileInputStream(InputStream.nullInputStream());
        }
    }

    /**
     * Runs a query whose rows are taken as they come.
     *
     * @param sql in the form in which the connection's statements are sent
     * @param beforeWide see {@link MySqlSession#stream(String, LongConsumer)}
     */
    static RawRows rows(Connection connection, String sql, LongConsumer beforeWide) throws SQLException {
        if (connection.isWrapperFor(JdbcConnection.class)) {
            JdbcConnection driver = connection.unwrap(JdbcConnection.class);
            // Behind a host's own wrapper or load balancer there may be another protocol.
            if (driver.getSession() instanceof NativeSession session) {
                return PacketRows.of(driver, session.getProtocol(), sql.getBytes(StandardCharsets.UTF_8), beforeWide);
            }
        }
        return JdbcRows.of(connection, sql, beforeWide);
    }

    /**
     * The driver starts a thread for the life of the JVM when its first class is loaded, to close connections that programs
     * forget. Sluice forgets none and leaves no thread behind, so that the thread is not started if Sluice is the first to use
     * the driver. A host that used it before keeps its thread, and the system property is as it was afterwards.
     */
    private static final class CleanupThread {
        private static final String SWITCH = "com.mysql.cj.disableAbandonedConnectionCleanup";
        private static final String CLASS = "com.mysql.cj.jdbc.AbandonedConnectionCleanupThread";

        static {
            if (System.getProperty(SWITCH) == null) {
                System.setProperty(SWITCH, "true");
                try {
                    Class.forName(CLASS, true, ConnectorJ.class.getClassLoader());
                } catch (ClassNotFoundException otherDriver) {
                    throw new LinkageError(
                            "MySQL Connector/J is another version than Sluice was made for", otherDriver);
                } finally {
                    System.clearProperty(SWITCH);
                }
            }
        }

        private CleanupThread() {}

        /** Runs the static part above, once for all. */
        static void prevent() {}
    }
}
