// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.core.mysql.FactsReader;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.testing.front.FaultFront;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each procedure by name, arguments, results and texts, as AWS documents them. */
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS) // servers are dressed once
@Tag("long")
class RdsDressingIT {
    private final List<Loan> loans = new ArrayList<>();
    private final Map<RdsFlavour, DressedServer> dressed = new EnumMap<>(RdsFlavour.class);

    /** The flavour's server, dressed once, without what an earlier test has left on it. */
    private DressedServer dressed(RdsFlavour flavour) {
        DressedServer rds = dressed.computeIfAbsent(
                flavour,
                absent -> RdsDressing.as(absent).dress(borrow(release(absent)).server()));
        boolean old = flavour.isSeries57();
        rds.server()
                .execute(
                        old ? "STOP SLAVE" : "STOP REPLICA",
                        old ? "RESET SLAVE ALL" : "RESET REPLICA ALL",
                        "SET SESSION sql_log_bin = 0",
                        "DELETE FROM mysql.rds_history",
                        "UPDATE mysql.rds_configuration SET value = NULL WHERE name = 'binlog retention hours'");
        return rds;
    }

    private Loan borrow(MySqlRelease release) {
        Loan loan = SharedServers.ofThisJvm().borrow(release, options -> options.gtid());
        loans.add(loan);
        return loan;
    }

    static MySqlRelease release(RdsFlavour flavour) {
        return switch (flavour) {
            case MYSQL_5_7, AURORA_2 -> MySqlRelease.MYSQL_5_7;
            case MYSQL_8_0, AURORA_3 -> MySqlRelease.MYSQL_8_0_31;
            case MYSQL_8_4, AURORA_8_4 ->
                MySqlRelease.MYSQL_9.availability().isEmpty() ? MySqlRelease.MYSQL_9 : MySqlRelease.MYSQL_8_0_31;
        };
    }

    @AfterAll
    void giveBack() {
        loans.forEach(Loan::close);
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void theRetentionIsSetWithinItsLimits(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        try (Connection admin = rds.connectAsAdmin()) {
            int most = flavour.isAurora() ? 2160 : 168;
            int above = most + 1;
            String outside =
                    "1644 For binlog retention hours the value must be between 1 and " + most + " inclusive or be NULL";
            assertThat(retention(rds)).isEqualTo("null");
            assertThat(Caller.call(admin, "rds_set_configuration('binlog retention hours', 144)"))
                    .isEqualTo("-");
            assertThat(retention(rds)).isEqualTo("144");
            assertThat(Caller.call(admin, "rds_set_configuration('binlog retention hours', " + above + ")"))
                    .isEqualTo(flavour.isAurora() ? "-" : outside);
            assertThat(retention(rds)).isEqualTo(flavour.isAurora() ? "2160" : "144");
            assertThat(Caller.call(admin, "rds_set_configuration('binlog retention hours', 144)"))
                    .isEqualTo("-");
            assertThat(Caller.call(admin, "rds_set_configuration('binlog retention hours', 0)"))
                    .isEqualTo(outside);
            assertThat(Caller.call(admin, "rds_set_configuration('retention', 1)"))
                    .isEqualTo("1644 Cannot set unknown configuration parameter 'retention'"
                            + " using mysql.rds_set_configuration.");
            assertThat(retention(rds)).isEqualTo("144");
            assertThat(Caller.call(admin, "rds_set_configuration('binlog retention hours', NULL)"))
                    .isEqualTo("-");
            assertThat(retention(rds)).isEqualTo("null");
            assertThat(Caller.call(admin, "rds_show_configuration")).isEqualTo("binlog retention hours");
        }
    }

    private static boolean isOlder(DressedServer rds) {
        return rds.server().release() != MySqlRelease.MYSQL_9;
    }

    private static String retention(DressedServer rds) {
        return String.valueOf(rds.server()
                .query("SELECT value FROM mysql.rds_configuration WHERE name = 'binlog retention hours'")
                .get(0)
                .get(0));
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void replicationIsSetStartedStoppedAndReset(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        MySqlServer source = source(flavour);
        String set = flavour.setExternal();
        try (Connection admin = rds.connectAsAdmin()) {
            assertThat(Caller.call(admin, "rds_start_replication"))
                    .isEqualTo("1644 You can't start replication because the replica isn't configured."
                            + " First call mysql." + set + ".");
            assertThat(Caller.call(admin, "rds_stop_replication"))
                    .startsWith("1644 You can't stop replication because");
            assertThat(Caller.call(admin, flavour.resetExternal()))
                    .startsWith("1644 You can't reset replication because");

            String call = set + "('127.0.0.1', " + source.port() + ", ' repl ', ' Secret-1 ', '" + file(source) + "', "
                    + position(source) + ", " + tls(flavour) + ")";
            assertThat(Caller.call(admin, call)).isEqualTo("-");
            encryptReplication(admin, flavour);
            assertThat(Caller.call(admin, "rds_stop_replication"))
                    .isEqualTo("1644 Slave is already stopped or may not be configured. Run SHOW SLAVE STATUS\\G;");
            assertThat(Caller.call(admin, "rds_start_replication"))
                    .isEqualTo("Replication started. Slave is now running normally.");
            assertThat(Caller.call(admin, "rds_start_replication"))
                    .isEqualTo(
                            "1644 Replication may already be running. Call rds_stop_replication to stop replication");
            assertThat(Caller.call(admin, call))
                    .isEqualTo("1644 You can't modify replication because replication is running."
                            + " First call mysql.rds_stop_replication.");
            assertThat(Caller.call(admin, "rds_stop_replication")).isEqualTo("Slave is now down or disabled");
            assertThat(Caller.call(admin, flavour.resetExternal())).isEqualTo("Slave has been reset");
            assertThat(Caller.call(admin, flavour.resetExternal()))
                    .startsWith("1644 You can't reset replication because");
        }
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void resetStopsWhatRuns(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        MySqlServer source = source(flavour);
        try (Connection admin = rds.connectAsAdmin()) {
            Caller.call(
                    admin,
                    flavour.setExternalWithAutoPosition() + "('127.0.0.1', " + source.port() + ", 'repl', 'Secret-1', "
                            + tls(flavour) + (flavour.isAurora() ? ")" : ", 0)"));
            encryptReplication(admin, flavour);
            assertThat(Caller.call(admin, "rds_start_replication")).startsWith("Replication started");
            assertThat(Caller.call(admin, flavour.resetExternal())).isEqualTo("Slave has been reset");
        }
        assertThat(facts(rds).channels()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void autoPositionTakesADelayAndFollowsGtids(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        try (Connection admin = rds.connectAsAdmin()) {
            String call = flavour.setExternalWithAutoPosition() + "('127.0.0.1', 3306, 'repl', 'Secret-1', 0, ";
            if (flavour.isAurora()) {
                assertThat(Caller.call(admin, call.replace(", 0, ", ", 0)"))).isEqualTo("-");
            } else {
                assertThat(Caller.call(admin, call + "86401)"))
                        .isEqualTo("1644 For source delay the value must be between 0 and 86400 inclusive.");
                assertThat(Caller.call(admin, call + "0)")).isEqualTo("-");
            }
        }
        assertThat(facts(rds).channels()).singleElement().satisfies(channel -> {
            assertThat(channel.autoPosition()).isTrue();
            // Aurora leaves it as it is, and 9.x servers begin with TLS.
            assertThat(channel.tls()).isEqualTo(flavour == RdsFlavour.AURORA_8_4 && !isOlder(rds));
        });
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void startRaisesWhileTheReceiverIsStillConnecting(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        MySqlServer source = source(flavour);
        try (FaultFront front = FaultFront.to("127.0.0.1", source.port());
                Connection admin = rds.connectAsAdmin()) {
            front.stall();
            Caller.call(
                    admin,
                    flavour.setExternal() + "('127.0.0.1', " + front.port() + ", 'repl', 'Secret-1', '" + file(source)
                            + "', " + position(source) + ", " + tls(flavour) + ")");

            assertThat(Caller.call(admin, "rds_start_replication"))
                    .isEqualTo("1644 Slave has encountered an error. Run SHOW SLAVE STATUS\\G; to see the error.");
            assertThat(facts(rds).channels())
                    .singleElement()
                    .satisfies(channel -> assertThat(channel.receiverRunning()).isEqualTo("Connecting"));
            assertThat(Caller.call(admin, "rds_start_replication"))
                    .isEqualTo("1644 Replication might be running. First call mysql.rds_stop_replication.");
        }
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void proceduresNeedAutocommit(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        try (Connection admin = rds.connectAsAdmin()) {
            admin.setAutoCommit(false);
            assertThat(Caller.call(admin, "rds_set_configuration('binlog retention hours', 24)"))
                    .startsWith("1694");
            admin.rollback();
        }
        assertThat(retention(rds)).isEqualTo("null");
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void aManagedReplicaTakesNoExternalSource(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        rds.becomeManagedReplica();
        String refused = "1644 Permission Denied: This instance is a RDS Read Replica.";
        try (Connection admin = rds.connectAsAdmin()) {
            assertThat(Caller.call(admin, flavour.setExternal() + "('h', 3306, 'u', 'p', 'f.000001', 4, 0)"))
                    .isEqualTo(refused);
            assertThat(Caller.call(admin, flavour.resetExternal())).isEqualTo(refused);
        }
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void theAdminAccountIsDeniedWhatAwsDenies(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        boolean old = flavour.isSeries57();
        try (Connection admin = rds.connectAsAdmin()) {
            for (String sql : List.of(
                    "SET GLOBAL read_only = ON",
                    "SET GLOBAL gtid_purged = ''",
                    "SET GLOBAL server_id = 7",
                    "SET SESSION sql_log_bin = 0",
                    "PURGE BINARY LOGS BEFORE '2000-01-01'",
                    old ? "CHANGE MASTER TO MASTER_HOST = 'h'" : "CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'h'",
                    old ? "START SLAVE" : "START REPLICA",
                    "SELECT 1 INTO OUTFILE '/tmp/never-written'")) {
                assertThat(Caller.refusal(admin, sql)).as(sql).containsPattern("^(1227|1045) Access denied");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MYSQL_5_7", "AURORA_2"})
    void theRoleMayNotWriteTheServersOwnTables(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        try (Connection admin = rds.connectAsAdmin()) {
            assertThat(Caller.refusal(admin, "UPDATE mysql.rds_configuration SET value = 1"))
                    .startsWith("1142");
            assertThat(Caller.refusal(admin, "SELECT * FROM mysql.rds_configuration"))
                    .isEqualTo("-");
        }
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void theAdminAccountDoesWhatACustomerDoes(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        try (Connection admin = rds.connectAsAdmin()) {
            for (String sql : List.of(
                    "CREATE DATABASE orders",
                    "CREATE TABLE orders.item (id INT PRIMARY KEY)",
                    "INSERT INTO orders.item VALUES (1)",
                    "CREATE USER repl@'10.%' IDENTIFIED BY 'Secret-1'",
                    "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO repl@'10.%'",
                    "LOCK TABLES orders.item WRITE",
                    "UNLOCK TABLES",
                    "SHOW BINARY LOGS",
                    "DROP USER repl@'10.%'",
                    "DROP DATABASE orders")) {
                assertThat(Caller.refusal(admin, sql)).as(sql).isEqualTo("-");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void factsShowTheProceduresWithTheirParameters(RdsFlavour flavour) {
        ServerFacts facts = facts(dressed(flavour));

        assertThat(facts.routine("rds_start_replication"))
                .hasValueSatisfying(routine -> assertThat(routine.parameters()).isEmpty());
        assertThat(facts.routine(flavour.setExternalWithAutoPosition()))
                .hasValueSatisfying(routine -> assertThat(routine.parameters())
                        .startsWith("host", "port", "user", "passwd", "enable_ssl_encryption")
                        .hasSize(flavour.isAurora() ? 5 : 6));
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void onlyTheHeartbeatReachesTheBinaryLog(RdsFlavour flavour) throws SQLException {
        MySqlServer server = borrow(release(flavour)).server();
        String before = file(server) + position(server);
        DressedServer rds = RdsDressing.as(flavour).dress(server);
        try (Connection admin = rds.connectAsAdmin()) {
            Caller.call(admin, "rds_set_configuration('binlog retention hours', 24)");
        }
        assertThat(file(server) + position(server)).isEqualTo(before);

        rds.beat();
        rds.beat();
        assertThat(file(server) + position(server)).isNotEqualTo(before);
    }

    private MySqlServer source(RdsFlavour flavour) {
        MySqlServer source = SharedServers.ofThisJvm().common(release(flavour), options -> options.gtid());
        source.execute(
                "CREATE USER IF NOT EXISTS repl@'%' IDENTIFIED BY 'Secret-1'",
                "GRANT REPLICATION SLAVE ON *.* TO repl@'%'");
        return source;
    }

    private static int tls(RdsFlavour flavour) {
        return flavour.isSeries57() || flavour.isAurora() ? 0 : 1;
    }

    /** Aurora has a switch of its own for it. */
    private static void encryptReplication(Connection admin, RdsFlavour flavour) {
        if (flavour.isAurora() && !flavour.isSeries57()) {
            assertThat(Caller.call(admin, "rds_set_binlog_source_ssl(1)")).isEqualTo("-");
        }
    }

    private static String file(MySqlServer server) {
        return String.valueOf(server.query(status(server)).get(0).get(0));
    }

    private static String status(MySqlServer server) {
        return server.release() == MySqlRelease.MYSQL_9 ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
    }

    private static String position(MySqlServer server) {
        return String.valueOf(server.query(status(server)).get(0).get(1));
    }

    private static ServerFacts facts(DressedServer rds) {
        ServerAddress address = new ServerAddress("127.0.0.1", rds.server().port());
        MySqlConnector connector = MySqlConnector.builder()
                .address(address)
                .user(rds.adminUser())
                .password(rds::adminPassword)
                .allowPlainText()
                .build();
        try (MySqlSession session = connector.open(SessionUse.CONTROL)) {
            return FactsReader.read(new EngineId("rds-mysql"), address, session);
        }
    }
}
