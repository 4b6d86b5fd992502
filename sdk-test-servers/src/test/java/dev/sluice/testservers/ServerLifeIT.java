// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerLifeIT {
    private final SharedServers servers = SharedServers.ofThisJvm();

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void aRestartKeepsPortAndData(MySqlRelease release) {
        try (var loan = servers.borrow(release)) {
            MySqlServer server = loan.server();
            int port = server.port();
            server.execute("CREATE DATABASE kept", "CREATE TABLE kept.t (a INT)", "INSERT INTO kept.t VALUES (4)");

            server.restart();

            assertThat(server.port()).isEqualTo(port);
            assertThat(server.query("SELECT a FROM kept.t")).isEqualTo(List.of(List.of("4")));
        }
    }

    @Test
    void aKilledServerIsGoneAndComesBackWithItsData() {
        try (var loan = servers.borrow(MySqlRelease.MYSQL_8_0_31)) {
            MySqlServer server = loan.server();
            server.execute("CREATE DATABASE kept", "CREATE TABLE kept.t (a INT)", "INSERT INTO kept.t VALUES (4)");

            server.kill();

            assertThat(server.isRunning()).isFalse();
            assertThatThrownBy(server::connect).isInstanceOf(SQLException.class);
            server.start();
            assertThat(server.query("SELECT a FROM kept.t")).isEqualTo(List.of(List.of("4")));
        }
    }

    @Test
    void aPortThatWasTakenMeanwhileIsNamed() throws IOException {
        try (var loan = servers.borrow(MySqlRelease.MYSQL_5_7)) {
            MySqlServer server = loan.server();
            server.kill();
            try (ServerSocket taken = new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress())) {

                assertThatThrownBy(server::start)
                        .isInstanceOf(TestServerException.class)
                        .hasMessageContaining("port " + taken.getLocalPort())
                        .hasMessageContaining("taken");
            }

            server.start();
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void aRunningServerIsNotStartedTwice() {
        MySqlServer server = servers.common(MySqlRelease.MYSQL_5_7);

        assertThatThrownBy(server::start)
                .isInstanceOf(TestServerException.class)
                .hasMessageContaining("runs already");
    }

    @Test
    void aPausedServerAnswersNothingUntilItGoesOn() throws SQLException {
        try (var loan = servers.borrow(MySqlRelease.MYSQL_8_0_31);
                Connection connection = loan.server().connect()) {
            loan.server().pause();
            assertThat(connection.isValid(1)).isFalse();

            loan.server().resume();

            assertThat(loan.server().query("SELECT 1")).isEqualTo(List.of(List.of("1")));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void wipingMakesAServerAsItWasWhenItWasNew(MySqlRelease release) throws SQLException {
        try (var loan = servers.borrow(release, options -> options.gtid());
                Connection held = loan.server().connect();
                Statement statement = held.createStatement()) {
            MySqlServer server = loan.server();
            server.execute(
                    "CREATE DATABASE junk",
                    "CREATE TABLE junk.t (a INT)",
                    "CREATE USER someone@localhost IDENTIFIED BY 'x'",
                    "CREATE PROCEDURE mysql.rds_thing() SELECT 1",
                    "CHANGE MASTER TO MASTER_HOST='nowhere.invalid', MASTER_USER='u', MASTER_PASSWORD='p'",
                    "SET GLOBAL max_connections = 33",
                    "SET GLOBAL super_read_only = ON");
            statement.execute("LOCK TABLES junk.t READ");

            server.wipe();

            assertThat(server.query("SHOW DATABASES")).doesNotContain(List.of("junk"));
            assertThat(server.query("SELECT user FROM mysql.user")).doesNotContain(List.of("someone"));
            assertThat(server.query("SHOW PROCEDURE STATUS WHERE db = 'mysql'")).isEmpty();
            assertThat(server.query("SHOW SLAVE STATUS")).isEmpty();
            assertThat(server.query("SELECT @@gtid_executed, @@max_connections <> 33, @@super_read_only, @@gtid_mode"))
                    .isEqualTo(List.of(List.of("", "1", "0", "ON")));
        }
    }

    @Test
    void aBorrowerGetsTheServerOfTheOneBeforeWithoutItsTraces() {
        try (SharedServers own = new SharedServers()) {
            int port;
            try (var loan = own.borrow(MySqlRelease.MYSQL_5_7)) {
                port = loan.server().port();
                loan.server().execute("CREATE DATABASE trace");
                loan.server().kill();
            }

            try (var again = own.borrow(MySqlRelease.MYSQL_5_7);
                    var other = own.borrow(MySqlRelease.MYSQL_5_7)) {

                assertThat(again.server().port()).isEqualTo(port);
                assertThat(other.server().port()).isNotEqualTo(port);
                assertThat(again.server().query("SHOW DATABASES LIKE 'trace'")).isEmpty();
            }
        }
    }
}
