// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.NotAvailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A real MySQL server on loopback, with fresh data and a random root password.
 *
 * <p>{@link #close} ends it and deletes its data. If this JVM ends without that, in whatever way, a small process of the server's own
 * does it instead. Thread-safe; a call waits for the one before it.
 */
public final class MySqlServer implements AutoCloseable {
    private final MySqlRelease release;
    private final ServerOptions firstOptions;
    private final ServerHost host;
    private ServerOptions options;

    private MySqlServer(MySqlRelease release, ServerOptions options, ServerHost host) {
        this.release = release;
        this.firstOptions = options;
        this.options = options;
        this.host = host;
    }

    /**
     * Starts a server with the default options.
     *
     * @throws TestServerException if the release cannot be had here, or the server does not start
     */
    public static MySqlServer start(MySqlRelease release) {
        return start(release, ServerOptions.defaults());
    }

    /**
     * Starts a server with options of one's own, such as {@code options -> options.serverId(2).gtid()}.
     *
     * @throws TestServerException if the release cannot be had here, or the server does not start
     */
    public static MySqlServer start(MySqlRelease release, UnaryOperator<ServerOptions> options) {
        return start(release, options.apply(ServerOptions.defaults()));
    }

    /**
     * Starts a server with these options and returns when it takes connections.
     *
     * @throws TestServerException if the release cannot be had here, or the server does not start
     */
    public static MySqlServer start(MySqlRelease release, ServerOptions options) {
        return started(new MySqlServer(release, options, hostOf(release, () -> Hosting.host(release))));
    }

    /**
     * Starts a server on a copy of another's data, with crash recovery, on a port and with a {@code server_uuid} of its own. The other
     * server's accounts are its accounts, the other's replication is its replication: to begin without, set {@code skip_replica_start}, or
     * {@code skip_slave_start} where the release says so.
     *
     * @throws TestServerException if the server does not start
     */
    public static MySqlServer start(DataImage image, UnaryOperator<ServerOptions> options) {
        ServerHost host = hostOf(image.release(), () -> Hosting.host(image));
        return started(new MySqlServer(image.release(), options.apply(ServerOptions.defaults()), host));
    }

    private static MySqlServer started(MySqlServer server) {
        try {
            server.start();
            return server;
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    /** What makes a host, or says why there can be none. */
    private interface HostMaker {
        ServerHost host() throws NotAvailableException;
    }

    private static ServerHost hostOf(MySqlRelease release, HostMaker maker) {
        try {
            return maker.host();
        } catch (NotAvailableException refused) {
            throw new TestServerException(new Unavailable(release, refused.reason()).toString(), refused);
        }
    }

    /** The release that was asked for. */
    public MySqlRelease release() {
        return release;
    }

    /** Always {@code 127.0.0.1}. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port, which the server keeps through stops and restarts. */
    public int port() {
        return host.port();
    }

    /** {@code root}, which may connect from loopback with all privileges. */
    public String rootUser() {
        return "root";
    }

    /** The random password of root. */
    public String rootPassword() {
        return host.rootPassword();
    }

    /** Address for Connector/J, without credentials and default schema; TLS is used where the server offers it. */
    public String jdbcUrl() {
        return "jdbc:mysql://" + host() + ":" + port() + "/?sslMode=PREFERRED&allowPublicKeyRetrieval=true";
    }

    /** Opens a connection as root. The caller closes it. */
    public Connection connect() throws SQLException {
        return connect(rootUser(), rootPassword());
    }

    /** Opens a connection as another account. The caller closes it. */
    public Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    /**
     * Runs statements as root, one after the other in one session.
     *
     * @throws TestServerException if one fails; those before it stay done
     */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new TestServerException(release + " refused: " + failure.getMessage(), failure);
        }
    }

    /** Asks as root; each row is the list of its values as text, {@code null} where the value is NULL. */
    public List<List<@Nullable String>> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<List<@Nullable String>> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row(rows));
            }
            return all;
        } catch (SQLException failure) {
            throw new TestServerException(release + " refused: " + failure.getMessage(), failure);
        }
    }

    private static List<@Nullable String> row(ResultSet rows) throws SQLException {
        List<@Nullable String> row = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            row.add(rows.getString(column));
        }
        return row;
    }

    /** The options of the present or next run. */
    public synchronized ServerOptions options() {
        return options;
    }

    /** Whether the server's process is there; a paused one counts as running. */
    public synchronized boolean isRunning() {
        return host.isRunning();
    }

    /** Starts the server again after {@link #stop} or {@link #kill}, with the same data and port. */
    public synchronized void start() {
        if (host.isRunning()) {
            throw new TestServerException(this + " runs already");
        }
        host.start(options);
    }

    /** Starts the server with other options after {@link #stop} or {@link #kill}, or after a start that failed. */
    public synchronized void start(UnaryOperator<ServerOptions> change) {
        options = change.apply(options);
        start();
    }

    /** Shuts the server down in the orderly way, as an administrator would. */
    public synchronized void stop() {
        host.stop();
    }

    /** Stops and starts the server with the same data, port and options. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Stops the server and starts it with other options, as after an edit of its option file. */
    public synchronized void restart(UnaryOperator<ServerOptions> change) {
        options = change.apply(options);
        restart();
    }

    /** Kills the server with SIGKILL; {@link #start()} brings it back with crash recovery. */
    public synchronized void kill() {
        host.kill();
    }

    /** Stops the server's process with SIGSTOP: connections stay open and nothing answers. */
    public synchronized void pause() {
        host.pause();
    }

    /** Lets a paused server go on. */
    public synchronized void resume() {
        host.resume();
    }

    /**
     * Copies the server's data as it is at this instant, as a crash at this instant would leave it. The server stands still meanwhile, and
     * its connections stay open.
     *
     * @throws TestServerException if the data cannot be copied; a server in a container has none that can
     */
    public synchronized DataImage image() {
        return host.image();
    }

    /**
     * Makes the server as it was when it was first started: data, accounts, replication, binary logs, variables and options. Takes about
     * a second; port and root password stay, connections and {@code server_uuid} do not. A server that was started from an image needs it
     * again for this.
     */
    public synchronized void wipe() {
        host.renew();
        options = firstOptions;
        start();
    }

    /** Everything that the server wrote into its error log. */
    public String errorLog() {
        return host.errorLog();
    }

    /** The server's general log, off until {@link GeneralLog#on}. */
    public GeneralLog generalLog() {
        return new GeneralLog(this, host);
    }

    /** Kills the server and deletes its data. */
    @Override
    public synchronized void close() {
        host.close();
    }

    /** Release and address. */
    @Override
    public String toString() {
        return release + " at " + host() + ":" + port();
    }
}
