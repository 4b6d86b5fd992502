// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What takes more than one call to see. */
@Timeout(120)
@Tag("long")
class DressingDetailsIT {
    private final List<Loan> loans = new ArrayList<>();

    private MySqlServer borrow(MySqlRelease release, boolean gtid) {
        Loan loan = SharedServers.ofThisJvm().borrow(release, options -> gtid ? options.gtid() : options);
        loans.add(loan);
        return loan.server();
    }

    private DressedServer dressed(RdsFlavour flavour, boolean gtid) {
        return RdsDressing.as(flavour)
                .pausing(Duration.ofMillis(400))
                .dress(borrow(RdsDressingIT.release(flavour), gtid));
    }

    @AfterEach
    void giveBack() {
        loans.forEach(Loan::close);
    }

    /** Section 3.1 of the facts: what is granted beside the rights on data, and nothing that rules the server. */
    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void theAdminHoldsWhatIsDocumentedAndNoMore(RdsFlavour flavour) {
        DressedServer rds = dressed(flavour, false);
        String grantee = flavour.hasRoles() ? "rds_superuser_role@'%'" : "admin@'%'";
        Set<String> granted = new TreeSet<>();
        rds.server().query("SHOW GRANTS FOR " + grantee).stream()
                .map(row -> String.valueOf(row.get(0)))
                .filter(grant -> grant.startsWith("GRANT ") && grant.contains(" ON *.* "))
                .forEach(grant -> granted.addAll(
                        Arrays.asList(grant.substring(6, grant.indexOf(" ON ")).split(", ?"))));

        assertThat(granted)
                .contains("SELECT", "RELOAD", "PROCESS", "REPLICATION SLAVE", "REPLICATION CLIENT", "EXECUTE");
        granted.removeAll(List.of(
                "SELECT",
                "INSERT",
                "UPDATE",
                "DELETE",
                "CREATE",
                "DROP",
                "RELOAD",
                "PROCESS",
                "REFERENCES",
                "INDEX",
                "ALTER",
                "SHOW DATABASES",
                "CREATE TEMPORARY TABLES",
                "LOCK TABLES",
                "EXECUTE",
                "REPLICATION SLAVE",
                "REPLICATION CLIENT",
                "CREATE VIEW",
                "SHOW VIEW",
                "CREATE ROUTINE",
                "ALTER ROUTINE",
                "CREATE USER",
                "EVENT",
                "TRIGGER"));
        assertThat(String.join(" ", granted))
                .isEqualTo(dynamic(flavour, rds.server().release()));
    }

    private static String dynamic(RdsFlavour flavour, MySqlRelease release) {
        boolean newest = release == MySqlRelease.MYSQL_9;
        return switch (flavour) {
            case MYSQL_5_7, AURORA_2 -> "";
            case MYSQL_8_0 -> "APPLICATION_PASSWORD_ADMIN ROLE_ADMIN SET_USER_ID XA_RECOVER_ADMIN";
            case AURORA_3 ->
                "APPLICATION_PASSWORD_ADMIN CONNECTION_ADMIN ROLE_ADMIN SET_USER_ID SHOW_ROUTINE XA_RECOVER_ADMIN";
            case MYSQL_8_4 ->
                newest
                        ? "ALLOW_NONEXISTENT_DEFINER APPLICATION_PASSWORD_ADMIN FLUSH_PRIVILEGES ROLE_ADMIN"
                                + " SET_ANY_DEFINER XA_RECOVER_ADMIN"
                        : "APPLICATION_PASSWORD_ADMIN ROLE_ADMIN XA_RECOVER_ADMIN";
            case AURORA_8_4 ->
                newest
                        ? "ALLOW_NONEXISTENT_DEFINER APPLICATION_PASSWORD_ADMIN CONNECTION_ADMIN FLUSH_PRIVILEGES"
                                + " ROLE_ADMIN SET_ANY_DEFINER SHOW_ROUTINE XA_RECOVER_ADMIN"
                        : "APPLICATION_PASSWORD_ADMIN CONNECTION_ADMIN ROLE_ADMIN SHOW_ROUTINE XA_RECOVER_ADMIN";
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"MYSQL_5_7", "AURORA_3"})
    void anErrorIsSkippedAndReplicationGoesOn(RdsFlavour flavour) throws Exception {
        DressedServer rds = dressed(flavour, false);
        MySqlServer source = borrow(RdsDressingIT.release(flavour), false);
        source.execute("CREATE USER repl@'%' IDENTIFIED BY 'Secret-1'", "GRANT REPLICATION SLAVE ON *.* TO repl@'%'");
        List<String> status = source.query("SHOW MASTER STATUS").get(0);
        rds.server().execute("SET SESSION sql_log_bin = 0", "CREATE DATABASE shop");
        try (Connection admin = rds.connectAsAdmin()) {
            String call = flavour.setExternal() + "('127.0.0.1', " + source.port() + ", 'repl', 'Secret-1', '"
                    + status.get(0) + "', " + status.get(1) + ", 0)";
            assertThat(Caller.call(admin, call)).isEqualTo("-");
            if (flavour == RdsFlavour.AURORA_3) {
                assertThat(Caller.call(admin, "rds_set_binlog_source_ssl(1)")).isEqualTo("-");
            }
            assertThat(Caller.call(admin, "rds_start_replication")).startsWith("Replication started");

            source.execute("CREATE DATABASE shop", "CREATE DATABASE orders");
            await(rds, "SELECT mysql.rds_replication_service_state('')", "BROKEN");
            assertThat(Caller.callAll(admin, "rds_skip_repl_error"))
                    .isEqualTo("Statement in error has been skipped / Slave is running normally");
            await(rds, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'orders'", "1");

            // The source's files are not called as RDS's are.
            rds.server().execute(flavour.isSeries57() ? "STOP SLAVE SQL_THREAD" : "STOP REPLICA SQL_THREAD");
            assertThat(Caller.call(admin, "rds_next_" + flavour.spelling() + "_log(0)"))
                    .startsWith("1644 Slave has encountered an error.");
        }
    }

    private static void await(DressedServer rds, String query, String wanted) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!wanted.equals(rds.server().query(query).get(0).get(0))) {
            assertThat(System.nanoTime()).as(query).isLessThan(end);
            Thread.sleep(50);
        }
    }

    @Test
    void fifteenChannelsAreTheMost() throws SQLException {
        DressedServer rds = dressed(RdsFlavour.MYSQL_8_0, true);
        try (Connection admin = rds.connectAsAdmin()) {
            for (int number = 1; number <= 15; number++) {
                assertThat(Caller.call(admin, channel(number))).isEqualTo("-");
            }
            assertThat(Caller.call(admin, channel(16))).startsWith("1644");
            assertThat(Caller.call(admin, channel(15))).isEqualTo("-");
        }
    }

    private static String channel(int number) {
        return "rds_set_external_source_for_channel('h" + number + "', 3306, 'u', 'p', 'f.000001', 4, 0, 'c" + number
                + "')";
    }

    @Test
    void proceduresForTheSessionChangeTheCallersSession() throws SQLException {
        DressedServer rds = dressed(RdsFlavour.AURORA_2, false);
        try (Connection admin = rds.connectAsAdmin()) {
            assertThat(Caller.call(admin, "rds_disable_session_binlog")).isEqualTo("-");
            assertThat(Session.query(admin, "SELECT @@sql_log_bin")).isEqualTo("0");
            assertThat(Caller.call(admin, "rds_enable_session_binlog")).isEqualTo("-");
            assertThat(Session.query(admin, "SELECT @@sql_log_bin")).isEqualTo("1");
            assertThat(Caller.call(admin, "rds_set_session_binlog_format('statement')"))
                    .isEqualTo("-");
            assertThat(Session.query(admin, "SELECT @@binlog_format")).isEqualTo("STATEMENT");
        }
    }

    @Test
    void sslMaterialComesOverTlsAndLeavesNoKey() throws SQLException {
        DressedServer rds = dressed(RdsFlavour.AURORA_3, false);
        String strict = "rds_import_binlog_ssl_material('" + Stage.material("RSA PRIVATE KEY") + "')";
        // MySQL makes line feeds of them before the procedure sees the text, as in AWS's example.
        String lenient = strict.replace("\\\\n", "\\n").replace(",", ",\n ");
        String plain = "jdbc:mysql://127.0.0.1:" + rds.port() + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true";
        try (Connection open = DriverManager.getConnection(plain, rds.adminUser(), rds.adminPassword());
                Connection admin = rds.connectAsAdmin()) {
            assertThat(Caller.call(open, strict)).startsWith("1644");
            assertThat(Caller.call(admin, strict)).isEqualTo("-");
            assertThat(Caller.call(admin, lenient)).isEqualTo("-");
            assertThat(Session.query(admin, "SELECT CONCAT(ssl_ca, ssl_key_sha256) FROM mysql.rds_ssl_material"))
                    .startsWith("-----BEGIN CERTIFICATE-----\nAAAA\n")
                    .doesNotContain("RSA");
        }
    }

    @Test
    void theHeartbeatGoesOnUntilItIsClosed() throws InterruptedException {
        DressedServer rds = dressed(RdsFlavour.AURORA_3, false);
        Heartbeat heartbeat = rds.beating(Duration.ofMillis(20));
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (heartbeat.beats() < 3) {
            assertThat(System.nanoTime()).as("beats").isLessThan(end);
            Thread.sleep(20);
        }
        heartbeat.close();
        long last = heartbeat.beats();
        String value = rds.server()
                .query("SELECT value FROM mysql.rds_heartbeat2")
                .get(0)
                .get(0);
        Thread.sleep(200);
        assertThat(heartbeat.beats()).isEqualTo(last);
        assertThat(rds.server()
                        .query("SELECT value FROM mysql.rds_heartbeat2")
                        .get(0)
                        .get(0))
                .isEqualTo(value);
    }
}
