// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything that MySQL's protocol does passes the front, with TLS and without. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS) // one server and front for all
class QueryFrontIT {
    private Loan loan;
    private MySqlServer server;
    private QueryFront front;

    @BeforeAll
    void open() {
        loan = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, options -> options.gtid());
        server = loan.server();
        server.execute(
                "CREATE USER encrypted@'%' IDENTIFIED WITH caching_sha2_password BY 'Secret-1' REQUIRE SSL",
                "CREATE USER plain@'%' IDENTIFIED WITH caching_sha2_password BY 'Secret-1'",
                "CREATE USER native@'%' IDENTIFIED WITH mysql_native_password BY 'Secret-1'",
                "GRANT ALL ON *.* TO encrypted@'%', plain@'%', native@'%'",
                "SET GLOBAL local_infile = ON",
                "CREATE DATABASE shop",
                "CREATE TABLE shop.item (id INT PRIMARY KEY, text LONGTEXT)");
        front = QueryFront.to(
                server.host(),
                server.port(),
                QueryRules.of("plain")
                        .refusing("SELECT 'refused'", 1045, "28000", "Access denied")
                        .rewriting("SELECT 'old'", "SELECT 'new'"));
    }

    @AfterAll
    void close() {
        front.close();
        loan.close();
    }

    private Connection connect(String user, String options) throws SQLException {
        return DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + front.port() + "/?" + options, user, "Secret-1");
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String cipher(Connection connection) throws SQLException {
        return ask(
                connection,
                "SELECT variable_value FROM performance_schema.session_status WHERE variable_name = 'Ssl_cipher'");
    }

    @Test
    void aPasswordThatTheServerHasNotCachedIsAskedForWhole() throws SQLException {
        server.execute("FLUSH PRIVILEGES"); // empties the cache
        try (Connection encrypted = connect("encrypted", "sslMode=REQUIRED")) {
            assertThat(cipher(encrypted)).isNotEmpty();
        }
        server.execute("FLUSH PRIVILEGES");
        try (Connection plain = connect("plain", "sslMode=DISABLED&allowPublicKeyRetrieval=true")) {
            assertThat(cipher(plain)).isEmpty();
        }
        try (Connection cached = connect("plain", "sslMode=DISABLED")) {
            assertThat(cipher(cached)).isEmpty();
        }
        try (Connection otherPlugin = connect("native", "sslMode=REQUIRED")) {
            assertThat(cipher(otherPlugin)).isNotEmpty();
        }
    }

    @Test
    void anAccountThatDemandsTlsIsRefusedWithout() {
        assertThatThrownBy(() -> connect("encrypted", "sslMode=DISABLED&allowPublicKeyRetrieval=true"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Access denied");
    }

    @Test
    void theCertificateOfTheFrontIsVerified(@TempDir Path folder) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "front",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(front.certificate().getBytes(StandardCharsets.US_ASCII))));
        Path file = folder.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "changeit".toCharArray());
        }
        String trusting = "&trustCertificateKeyStoreType=PKCS12&trustCertificateKeyStorePassword=changeit"
                + "&trustCertificateKeyStoreUrl=" + file.toUri();
        try (Connection verified = connect("encrypted", "sslMode=VERIFY_IDENTITY" + trusting)) {
            assertThat(cipher(verified)).isNotEmpty();
        }
        assertThatThrownBy(() -> connect("encrypted", "sslMode=VERIFY_CA")).isInstanceOf(SQLException.class);
    }

    @Test
    void queriesAreJudgedAlsoWhenTheyArePreparedOnTheServer() throws SQLException {
        for (String options : new String[] {"sslMode=REQUIRED", "sslMode=REQUIRED&useServerPrepStmts=true"}) {
            try (Connection plain = connect("plain", options);
                    Connection other = connect("encrypted", options)) {
                assertThat(prepared(plain, "SELECT 'old'")).isEqualTo("new");
                assertThat(prepared(other, "SELECT 'old'")).isEqualTo("old");
                assertThatThrownBy(() -> prepared(plain, "SELECT 'refused'"))
                        .isInstanceOfSatisfying(SQLException.class, refused -> {
                            assertThat(refused.getErrorCode()).isEqualTo(1045);
                            assertThat(refused.getSQLState()).isEqualTo("28000");
                        });
                assertThat(prepared(plain, "SELECT 'next'")).isEqualTo("next");
            }
        }
    }

    private static String prepared(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void filesAndValuesLargerThanAPacketPass(@TempDir Path folder) throws Exception {
        String options = "sslMode=REQUIRED&allowLoadLocalInfile=true&maxAllowedPacket=67108864";
        server.execute("SET GLOBAL max_allowed_packet = 67108864", "TRUNCATE TABLE shop.item");
        try (Connection plain = connect("plain", options);
                Statement statement = plain.createStatement()) {
            StringBuilder rows = new StringBuilder();
            for (int id = 0; id < 200_000; id++) {
                rows.append(id).append('\t').append("SELECT 'refused'").append('\n');
            }
            Path file = Files.writeString(folder.resolve("rows"), rows);
            assertThat(statement.executeUpdate("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE shop.item"))
                    .isEqualTo(200_000);
            assertThatThrownBy(() -> ask(plain, "SELECT 'refused'")).hasMessage("Access denied");

            statement.executeUpdate("INSERT INTO shop.item VALUES (-1, '" + "x".repeat(20_000_000) + "')");
            assertThat(ask(plain, "SELECT text FROM shop.item WHERE id = -1")).hasSize(20_000_000);
        }
    }

    @Test
    void replicationPasses() throws Exception {
        try (Loan replicaLoan =
                SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, options -> options.gtid())) {
            MySqlServer replica = replicaLoan.server();
            replica.execute(
                    "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = " + front.port()
                            + ", SOURCE_USER = 'encrypted', SOURCE_PASSWORD = 'Secret-1', SOURCE_SSL = 1,"
                            + " SOURCE_AUTO_POSITION = 1",
                    "START REPLICA");
            server.execute("CREATE DATABASE replicated");
            long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
            while (replica.query("SHOW DATABASES LIKE 'replicated'").isEmpty()) {
                assertThat(System.nanoTime())
                        .as(() -> String.valueOf(replica.query("SHOW REPLICA STATUS")))
                        .isLessThan(end);
                Thread.sleep(50);
            }
        }
    }

    @Test
    void closingEndsConnectionsAndThreads() throws SQLException {
        QueryFront own = QueryFront.to(server.host(), server.port(), QueryRules.of("nobody"));
        String name = "query-front-" + own.port();
        try (Connection one = DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + own.port() + "/?sslMode=REQUIRED", "plain", "Secret-1")) {
            assertThat(own.open()).isEqualTo(1);
            own.close();
            assertThatThrownBy(() -> ask(one, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith(name));
    }
}
