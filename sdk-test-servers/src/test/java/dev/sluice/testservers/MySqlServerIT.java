// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testservers.install.Command;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MySqlServerIT {

    @ParameterizedTest
    @EnumSource(names = "MYSQL_8_0_33", mode = EnumSource.Mode.EXCLUDE)
    void eachReleaseStartsAndSaysItsVersion(MySqlRelease release) {
        Optional<Unavailable> unavailable = release.availability();
        Assumptions.assumeTrue(unavailable.isEmpty(), unavailable::toString);

        MySqlServer server = SharedServers.ofThisJvm().common(release);

        assertThat(single(server, "SELECT version()")).startsWith(release.version());
        assertThat(single(server, "SELECT @@server_id")).isEqualTo(Integer.toString(server.port()));
        assertThat(single(server, "SELECT @@log_bin")).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void connectionsAreEncryptedWhereTheReleaseOffersIt(MySqlRelease release) throws SQLException {
        Optional<Unavailable> unavailable = release.availability();
        Assumptions.assumeTrue(unavailable.isEmpty(), unavailable::toString);
        MySqlServer server = SharedServers.ofThisJvm().common(release);

        assertThat(single(server, "SHOW STATUS LIKE 'Ssl_version'", 1)).startsWith("TLSv1.");
        try (Connection required = DriverManager.getConnection(
                server.jdbcUrl().replace("PREFERRED", "REQUIRED"), server.rootUser(), server.rootPassword())) {
            assertThat(required.isValid(5)).isTrue();
        }
    }

    @Test
    void clientProgramsRunWhereAReleaseHoldsThem() {
        Optional<Unavailable> unavailable = MySqlRelease.MYSQL_9.availability();
        Assumptions.assumeTrue(unavailable.isEmpty(), unavailable::toString);

        String program =
                MySqlRelease.MYSQL_9.clientProgram("mysqldump").orElseThrow().toString();

        assertThat(Command.run(Duration.ofSeconds(20), List.of(program, "--version"))
                        .output())
                .contains("Ver 9.");
        assertThat(MySqlRelease.MYSQL_8_0_31.clientProgram("mysqldump")).isEmpty();
    }

    @Test
    void theOldReleaseHasNoTls() {
        MySqlServer server = SharedServers.ofThisJvm().common(MySqlRelease.MYSQL_5_7);

        assertThat(single(server, "SELECT @@have_ssl")).isEqualTo("DISABLED");
        assertThat(MySqlRelease.MYSQL_5_7.supportsTls()).isFalse();
    }

    @Test
    void twoServersOfOneReleaseDifferInEverythingThatReplicationLooksAt() {
        MySqlServer first = SharedServers.ofThisJvm().common(MySqlRelease.MYSQL_8_0_31);
        try (MySqlServer second = MySqlServer.start(MySqlRelease.MYSQL_8_0_31)) {

            assertThat(second.port()).isNotEqualTo(first.port());
            assertThat(single(second, "SELECT @@server_uuid")).isNotEqualTo(single(first, "SELECT @@server_uuid"));
            assertThat(single(second, "SELECT @@server_id")).isNotEqualTo(single(first, "SELECT @@server_id"));
        }
    }

    @Test
    void optionsReachTheServer() {
        try (MySqlServer server = MySqlServer.start(
                MySqlRelease.MYSQL_5_7,
                options -> options.serverId(77)
                        .gtid()
                        .setting("sql-mode", "ANSI")
                        .setting("init_connect", "SET @greeting = 'a \"quoted\" \\\\ word # no comment'")
                        .oneMore("replicate_ignore_db", "one")
                        .oneMore("replicate_ignore_db", "two"))) {

            assertThat(single(server, "SELECT @@server_id")).isEqualTo("77");
            assertThat(single(server, "SELECT @@gtid_mode")).isEqualTo("ON");
            assertThat(single(server, "SELECT @@global.sql_mode")).contains("ANSI_QUOTES");
            assertThat(single(server, "SELECT @@init_connect"))
                    .isEqualTo("SET @greeting = 'a \"quoted\" \\\\ word # no comment'");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void theBinaryLogCanBeOffAndSwitchedOnByARestart(MySqlRelease release) {
        try (MySqlServer server = MySqlServer.start(release, ServerOptions::withoutBinaryLog)) {
            assertThat(single(server, "SELECT @@log_bin")).isEqualTo("0");

            server.restart(ServerOptions::withBinaryLog);

            assertThat(single(server, "SELECT @@log_bin")).isEqualTo("1");
        }
    }

    @Test
    void whatATestServerNeedsItselfCannotBeSet() {
        assertThatThrownBy(() -> ServerOptions.defaults().setting("datadir", "/elsewhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("datadir");
    }

    @Test
    void aServerThatDoesNotStartSaysWhy() {
        assertThatThrownBy(() ->
                        MySqlServer.start(MySqlRelease.MYSQL_8_0_31, options -> options.setting("no_such_option", "1")))
                .isInstanceOf(TestServerException.class)
                .hasMessageContaining("no_such_option");
    }

    @Test
    void thePasswordOfRootIsNeededAndStaysOutOfDescriptions() {
        MySqlServer server = SharedServers.ofThisJvm().common(MySqlRelease.MYSQL_8_0_31);

        assertThatThrownBy(() -> server.connect("root", "")).isInstanceOf(SQLException.class);
        assertThat(server.toString() + server.jdbcUrl() + server.errorLog()).doesNotContain(server.rootPassword());
    }

    private static String single(MySqlServer server, String sql) {
        return single(server, sql, 0);
    }

    private static String single(MySqlServer server, String sql, int column) {
        return server.query(sql).get(0).get(column);
    }
}
