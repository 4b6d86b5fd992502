// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.core.mysql.RealServers.connector;
import static dev.sluice.core.mysql.RealServers.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.TableEngine;
import dev.sluice.api.plan.TableName;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class FactsIT {
    private static ServerFacts facts(MySqlConnector connector) {
        try (MySqlSession session = connector.open(SessionUse.CONTROL)) {
            return FactsReader.read(new EngineId("external-mysql"), connector.address(), session);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void aServerTellsWhatItIs(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        String database = unique("it's facts");
        server.execute(
                "CREATE DATABASE `" + database + "`", "CREATE TABLE `" + database + "`.`m` (a INT) ENGINE = MyISAM");

        ServerFacts facts = facts(connector(server).build());

        assertThat(facts.address()).isEqualTo(new ServerAddress(server.host(), server.port()));
        assertThat(facts.version().toString()).startsWith(release.version());
        assertThat(facts.serverUuid()).matches("[0-9a-f-]{36}");
        assertThat(facts.serverId()).isEqualTo(server.port());
        assertThat(facts.tlsOffered()).isEqualTo(release.supportsTls());
        assertThat(facts.gtidsOn()).isTrue();
        assertThat(facts.isOn("log_bin")).isTrue();
        assertThat(facts.gtidExecuted()).startsWith(facts.serverUuid() + ":").doesNotContain("\n");
        assertThat(facts.accounts()).contains("'root'@'localhost'");
        assertThat(facts.databases()).contains(database).doesNotContain("mysql", "sys");
        assertThat(facts.tablesNotTransactional()).contains(new TableEngine(TableName.of(database, "m"), "MyISAM"));
        assertThat(facts.routines()).isEmpty();
        assertThat(facts.channels()).isEmpty();
        assertThat(facts.attachedReplicas()).isEmpty();
        assertThat(Grants.parse(facts.grants()).has("RELOAD")).isTrue();
        assertThat(Grants.parse(facts.grants()).canGrant()).isTrue();
        server.execute("DROP DATABASE `" + database + "`");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void aUserWithoutPrivilegesStillGetsFacts(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        String user = unique("poor");
        server.execute("CREATE USER '" + user + "'@'%' IDENTIFIED BY 'pw'");

        ServerFacts facts = facts(connector(server, user, "pw").build());

        assertThat(facts.serverUuid()).isNotEmpty();
        assertThat(facts.accounts()).isEmpty();
        assertThat(facts.attachedReplicas()).isEmpty();
        assertThat(facts.grants()).singleElement().asString().contains("USAGE");
        assertThat(Grants.parse(facts.grants()).has("SELECT")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void whatRolesGiveIsAmongTheGrants(MySqlRelease release) {
        MySqlServer server = RealServers.common(release);
        String user = unique("user");
        String role = unique("role");
        server.execute(
                "CREATE USER '" + user + "'@'%' IDENTIFIED BY 'pw'",
                "CREATE ROLE '" + role + "'",
                "GRANT REPLICATION SLAVE, BACKUP_ADMIN ON *.* TO '" + role + "'",
                "GRANT SELECT ON `a\\_b`.* TO '" + role + "'",
                "GRANT '" + role + "' TO '" + user + "'@'%'");

        Grants grants =
                Grants.parse(facts(connector(server, user, "pw").build()).grants());

        assertThat(grants.has("REPLICATION SLAVE")).isTrue();
        assertThat(grants.has("BACKUP_ADMIN")).isTrue();
        assertThat(grants.hasOn("a_b", "SELECT")).isTrue();
        assertThat(grants.hasOn("axb", "SELECT")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_31", "MYSQL_9"})
    void aPartialRevokeIsSeen(MySqlRelease release) {
        try (var loan = RealServers.borrow(release)) {
            MySqlServer server = loan.server();
            server.execute(
                    "SET GLOBAL partial_revokes = ON",
                    "CREATE USER 'part'@'%' IDENTIFIED BY 'pw'",
                    "GRANT SELECT, INSERT ON *.* TO 'part'@'%'",
                    "REVOKE INSERT ON `mysql`.* FROM 'part'@'%'");

            Grants grants =
                    Grants.parse(facts(connector(server, "part", "pw").build()).grants());

            assertThat(grants.partlyRevokedOn()).containsExactly("mysql");
            assertThat(grants.hasOn("mysql", "INSERT")).isFalse();
            assertThat(grants.hasOn("mysql", "SELECT")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void whatSuperStandsForIsWhatTheServerLetsItDo(MySqlRelease release) {
        try (var loan = RealServers.borrow(release)) {
            MySqlServer server = loan.server();
            server.execute("CREATE USER 'sup'@'%' IDENTIFIED BY 'pw'", "GRANT SUPER ON *.* TO 'sup'@'%'");
            Map<String, String> statements = Map.of(
                    "REPLICATION_SLAVE_ADMIN", "STOP " + (release.isAtLeast(8, 0, 22) ? "REPLICA" : "SLAVE"),
                    "SYSTEM_VARIABLES_ADMIN", "SET GLOBAL net_retry_count = 11",
                    "SESSION_VARIABLES_ADMIN", "SET SESSION sql_log_bin = 1",
                    "BINLOG_ADMIN", "PURGE BINARY LOGS TO 'binlog.000001'",
                    "BACKUP_ADMIN", "LOCK INSTANCE FOR BACKUP",
                    "XA_RECOVER_ADMIN", "XA RECOVER",
                    "RELOAD", "FLUSH TABLES");

            try (MySqlSession session = connector(server, "sup", "pw").build().open(SessionUse.CONTROL)) {
                Grants grants = Grants.parse(session.query("SHOW GRANTS").stream()
                        .flatMap(row -> row.first().stream())
                        .toList());
                statements.forEach((privilege, statement) ->
                        assertThat(isDenied(session, statement)).as(privilege).isNotEqualTo(grants.has(privilege)));
            }
        }
    }

    private static boolean isDenied(MySqlSession session, String statement) {
        Throwable failure = catchThrowable(() -> session.execute(statement));
        return failure != null
                && SqlFailures.serverError(failure)
                        .filter(error -> List.of(1227, 1401, 1045).contains(error.number()))
                        .isPresent();
    }
}
