// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.error.StepException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.mysql.ConnectorSettings.PlainText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows one server: its address, how connections to it are encrypted, who logs in, and the attributes by which its sessions are
 * recognised on the server. It holds no connection and no password. Thread-safe.
 */
public final class MySqlConnector {
    /** The longest time to connect where none is given. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** The longest time a small statement takes where none is given. */
    public static final Duration DEFAULT_CONTROL_TIMEOUT = Duration.ofSeconds(60);

    /** The longest silence of the server during long reads and writes where none is given. */
    public static final Duration DEFAULT_STREAM_TIMEOUT = Duration.ofHours(2);

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(2);

    private final ConnectorSettings settings;

    /** Learnt from the server at the first try, so that later ones need not fail first. */
    private volatile boolean serverHasNoTls;

    private volatile @Nullable ServerVersion version;

    private MySqlConnector(ConnectorSettings settings) {
        this.settings = settings;
    }

    /** Collects what a connector needs. Connects to nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens a session.
     *
     * @throws StepException unavailable if the server cannot be reached, refused if it or TLS says no; nothing was changed
     */
    public MySqlSession open(SessionUse use) {
        Connection connection = null;
        try {
            connection = connect(use);
            MySqlSession session = MySqlSession.start(connection, label(), use, settings.socketTimeout(use));
            version = session.version();
            settings.opened().accept(session);
            return session;
        } catch (SQLException failure) {
            abandon(connection);
            throw ConnectFailures.of(failure, label(), settings.login().user());
        } catch (RuntimeException failure) {
            abandon(connection);
            throw failure;
        }
    }

    private static void abandon(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException alreadyGone) {
                // The failure that led here is the one to tell.
                return;
            }
        }
    }

    private Connection connect(SessionUse use) throws SQLException {
        Map<String, String> encrypted = DriverProperties.of(settings, use);
        if (serverHasNoTls) {
            return connect(use, DriverProperties.plainText(encrypted));
        }
        try {
            return connect(use, encrypted);
        } catch (SQLException failure) {
            if (settings.plainText() == PlainText.REFUSED || !ConnectorJ.saysThatServerHasNoTls(failure)) {
                throw failure;
            }
            Connection plain = connect(use, DriverProperties.plainText(encrypted));
            serverHasNoTls = true;
            return plain;
        }
    }

    private Connection connect(SessionUse use, Map<String, String> properties) throws SQLException {
        ConnectionSource source = settings.source();
        if (source != null) {
            return requireNonNull(
                    source.open(new ConnectionRequest(
                            settings.address(), settings.login().user(), use, settings.connectTimeout(), properties)),
                    "The ConnectionSource returned no connection");
        }
        Optional<Path> ca = settings.tls().ca();
        if (ca.isEmpty() || "DISABLED".equals(properties.get("sslMode"))) {
            return ConnectorJ.open(settings.address(), properties, secrets());
        }
        try (TrustStore trusted = TrustStore.of(ca.get())) {
            Map<String, String> all = new LinkedHashMap<>(properties);
            all.putAll(trusted.properties());
            return ConnectorJ.open(settings.address(), all, secrets());
        }
    }

    private Properties secrets() {
        Properties secrets = new Properties();
        secrets.setProperty("user", settings.login().user());
        secrets.setProperty("password", settings.login().password().get());
        return secrets;
    }

    /** The server's version, asked for once. */
    public ServerVersion version() {
        ServerVersion known = version;
        if (known != null) {
            return known;
        }
        try (MySqlSession session = open(SessionUse.CONTROL)) {
            return session.version();
        }
    }

    /** Where it connects to, as this JVM sees it. */
    public ServerAddress address() {
        return settings.address();
    }

    /** What people call the server, in messages. */
    public String label() {
        return settings.label();
    }

    /**
     * Ends a session of the same user, through a connection of its own. One that is gone already is as good as ended. Where another server
     * answers by now, or the same after a restart, the session's number may be somebody else's, and nothing is killed.
     *
     * @throws StepException if the server cannot be reached or refuses, or is not the session's (CORE-881)
     */
    public void kill(MySqlSession victim) {
        kill("KILL CONNECTION " + victim.connectionId(), victim);
    }

    /**
     * Ends the statement that a session of the same user runs, through a connection of its own. A session that is gone is fine.
     *
     * @throws StepException as {@link #kill}
     */
    public void killQuery(MySqlSession victim) {
        kill("KILL QUERY " + victim.connectionId(), victim);
    }

    private void kill(String statement, MySqlSession victim) {
        // Kills are what ends a run that hangs: they must not hang as long themselves.
        MySqlConnector quick = new MySqlConnector(settings.forKills(KILL_TIMEOUT));
        quick.serverHasNoTls = serverHasNoTls;
        try (MySqlSession session = quick.open(SessionUse.CONTROL)) {
            KillStatement.run(session, statement, victim);
        }
    }

    @Override
    public String toString() {
        return label();
    }

    /** Collects what a connector needs: address, user and password; all else has a default. Not thread-safe. */
    public static final class Builder {
        private @Nullable ServerAddress address;
        private @Nullable String user;
        private @Nullable Supplier<String> password;
        private @Nullable String label;
        private Tls tls = Tls.required();
        private PlainText plainText = PlainText.REFUSED;
        private final Map<String, String> attributes = new LinkedHashMap<>(Map.of("program_name", "sluice"));
        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
        private Duration controlTimeout = DEFAULT_CONTROL_TIMEOUT;
        private Duration streamTimeout = DEFAULT_STREAM_TIMEOUT;
        private @Nullable ConnectionSource source;
        private Consumer<MySqlSession> opened = session -> {};

        private Builder() {}

        /** Where the server answers, as this JVM sees it. Required. */
        public Builder address(ServerAddress where) {
            this.address = requireNonNull(where, "address");
            return this;
        }

        /** Who logs in. Required. */
        public Builder user(String name) {
            this.user = requireNonNull(name, "user");
            return this;
        }

        /** Asked for the password each time a connection is opened. */
        public Builder password(Supplier<String> resolver) {
            this.password = requireNonNull(resolver, "password");
            return this;
        }

        /** What people call the server; default: its address. */
        public Builder label(String text) {
            this.label = requireNonNull(text, "label");
            return this;
        }

        /** How connections are encrypted; default: encrypted, certificate not verified. */
        public Builder tls(Tls how) {
            this.tls = requireNonNull(how, "tls");
            return this;
        }

        /** Lets password and rows travel unencrypted if, and only if, the server has no TLS. Not called: that is refused. */
        public Builder allowPlainText() {
            this.plainText = PlainText.ALLOWED;
            return this;
        }

        /**
         * Names under which the server shows the sessions in {@code performance_schema.session_connect_attrs}, besides
         * {@code program_name:sluice}.
         */
        public Builder attributes(Map<String, String> more) {
            this.attributes.putAll(more);
            return this;
        }

        /** The longest time to connect; default {@link #DEFAULT_CONNECT_TIMEOUT}. */
        public Builder connectTimeout(Duration time) {
            this.connectTimeout = positive(time);
            return this;
        }

        /** The longest time a statement of a CONTROL session may take; default {@link #DEFAULT_CONTROL_TIMEOUT}. */
        public Builder controlTimeout(Duration time) {
            this.controlTimeout = positive(time);
            return this;
        }

        /** The longest silence of the server in READER and WRITER sessions; default {@link #DEFAULT_STREAM_TIMEOUT}. */
        public Builder streamTimeout(Duration time) {
            this.streamTimeout = positive(time);
            return this;
        }

        /** The host's own way to connect; not called: MySQL Connector/J connects to the address. */
        public Builder connectionSource(ConnectionSource own) {
            this.source = requireNonNull(own, "connectionSource");
            return this;
        }

        /**
         * Called each time that a session was opened, before its first statement; what it throws closes the session and is thrown by
         * {@link MySqlConnector#open}. Not for connections that only kill.
         */
        public Builder whenOpened(Consumer<MySqlSession> check) {
            this.opened = requireNonNull(check, "check");
            return this;
        }

        /**
         * The connector; nothing is connected yet.
         *
         * @throws NullPointerException if address, user or password is missing
         */
        public MySqlConnector build() {
            ServerAddress where = requireNonNull(address, "address");
            return new MySqlConnector(new ConnectorSettings(
                    new ConnectorSettings.Login(
                            where, requireNonNull(user, "user"), requireNonNull(password, "password")),
                    label == null ? where.toString() : label,
                    tls,
                    plainText,
                    attributes,
                    new ConnectorSettings.Limits(connectTimeout, controlTimeout, streamTimeout),
                    source,
                    opened));
        }

        private static Duration positive(Duration time) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("A time limit is positive, not " + time);
            }
            return time;
        }
    }
}
