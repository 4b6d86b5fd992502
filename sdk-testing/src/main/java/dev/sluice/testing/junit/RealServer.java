// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.junit;

import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A real MySQL server of a test, as a client sees it: its address, and an account with all that the kind of server allows. JUnit ends it.
 *
 * <pre>{@code
 * var replica = ExternalMySql.at(server.host(), server.port()).credentials(server.user(), server.secret());
 * Sluice.builder().engines(ExternalEngine.create()).secrets(RealServer.secrets(source, replica)).build();
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class RealServer implements AutoCloseable {
    private final String kind;
    private final MySqlServer server;
    private final @Nullable DressedServer dress;

    private RealServer(String kind, MySqlServer server, @Nullable DressedServer dress) {
        this.kind = kind;
        this.server = server;
        this.dress = dress;
    }

    /** Its server id is its port, so that no two are alike. */
    static RealServer start(Wanted wanted) {
        MySqlServer server = MySqlServer.start(wanted.release(), options(wanted));
        try {
            return new RealServer(
                    wanted.kind(),
                    server,
                    wanted.flavour().map(flavour -> dressed(flavour, server)).orElse(null));
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    private static DressedServer dressed(RdsFlavour flavour, MySqlServer server) {
        return RdsDressing.as(flavour).behindFront().dress(server);
    }

    private static ServerOptions options(Wanted wanted) {
        ServerOptions options = ServerOptions.defaults().setting("local_infile", "ON");
        return wanted.gtid()
                ? options.gtid()
                : options.setting("gtid_mode", "OFF").setting("enforce_gtid_consistency", "OFF");
    }

    /** Resolves what {@link #secret()} of these servers stands for, and nothing else. */
    public static SecretResolver secrets(RealServer... servers) {
        Map<String, String> passwords = new HashMap<>();
        for (RealServer one : servers) {
            passwords.put(one.secret().reference(), one.password());
        }
        return SecretResolver.withNamed(passwords::get);
    }

    /** Where clients find it, always on loopback. */
    public String host() {
        return dress == null ? server.host() : dress.host();
    }

    /** The port that belongs to {@link #host}. */
    public int port() {
        return dress == null ? server.port() : dress.port();
    }

    /** {@code root}, or the admin account that a customer of AWS gets. */
    public String user() {
        return dress == null ? server.rootUser() : dress.adminUser();
    }

    /** The random password of {@link #user}. */
    public String password() {
        return dress == null ? server.rootPassword() : dress.adminPassword();
    }

    /** A reference to {@link #password} for endpoints; see {@link #secrets}. */
    public Secret secret() {
        return Secret.named("test-server-" + server.port());
    }

    /** Opens a connection as {@link #user}. The caller closes it. */
    public Connection connect() throws SQLException {
        String url = server.jdbcUrl().replace(":" + server.port() + "/", ":" + port() + "/");
        return DriverManager.getConnection(url, user(), password());
    }

    /**
     * Runs statements as root, whatever the kind of server, one after the other in one session.
     *
     * @throws dev.sluice.testservers.TestServerException if one fails; those before it stay done
     */
    public void execute(String... statements) {
        server.execute(statements);
    }

    /** The server below, to stop it, to kill it, and to ask it as root. Not for closing. */
    public MySqlServer server() {
        return server;
    }

    /** What it is dressed as; empty for a plain MySQL server. */
    public Optional<DressedServer> dress() {
        return Optional.ofNullable(dress);
    }

    /** Ends it; JUnit does so after the last test of the class. */
    @Override
    public void close() {
        try (MySqlServer below = server;
                DressedServer front = dress) {
            // Each is closed even if the one before it fails.
            assert below != null || front != null;
        }
    }

    /** Kind and address. */
    @Override
    public String toString() {
        return kind + " at " + host() + ":" + port();
    }
}
