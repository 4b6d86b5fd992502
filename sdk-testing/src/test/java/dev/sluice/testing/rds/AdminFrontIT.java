// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a stock server cannot be made to say, said by the front to the admin account and to nobody else. */
@Timeout(120)
@Tag("long")
class AdminFrontIT {
    private static final String REFUSED = "1045 Access denied for user 'admin'@'%' (using password: YES)";

    private final List<AutoCloseable> open = new ArrayList<>();

    private DressedServer dressed(RdsFlavour flavour, Unverified... switches) {
        Loan loan = SharedServers.ofThisJvm().borrow(RdsDressingIT.release(flavour), options -> options.gtid());
        RdsDressing dressing = RdsDressing.as(flavour).behindFront();
        for (Unverified one : switches) {
            dressing = dressing.with(one);
        }
        DressedServer rds = dressing.dress(loan.server());
        open.add(loan);
        open.add(0, rds);
        return rds;
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void theGlobalReadLockIsRefusedToTheAdminOnly(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        try (Connection admin = rds.connectAsAdmin();
                Connection root = asRoot(rds)) {
            assertThat(Caller.refusal(admin, "FLUSH TABLES WITH READ LOCK")).isEqualTo(REFUSED);
            assertThat(Caller.refusal(admin, "/* dump */ flush local tables\nwith read lock"))
                    .isEqualTo(REFUSED);
            assertThat(Caller.refusal(admin, "FLUSH TABLES")).isEqualTo("-");
            assertThat(Caller.refusal(admin, "FLUSH BINARY LOGS")).isEqualTo("-");
            assertThat(Session.query(admin, "SELECT 'FLUSH TABLES WITH READ LOCK'"))
                    .isEqualTo("FLUSH TABLES WITH READ LOCK");
            assertThat(Caller.refusal(root, "FLUSH TABLES WITH READ LOCK")).isEqualTo("-");
        }
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void theEngineIsToldByItsVariables(RdsFlavour flavour) throws SQLException {
        DressedServer rds = dressed(flavour);
        try (Connection admin = rds.connectAsAdmin()) {
            assertThat(Session.query(admin, "SELECT @@basedir")).startsWith("/rdsdbbin");
            assertThat(Session.query(admin, "SELECT @@innodb_read_only")).isEqualTo("0");
            if (flavour.isAurora()) {
                showsAurora(admin, flavour.auroraVersion().orElseThrow());
            } else {
                assertThat(rows(admin, "SHOW GLOBAL VARIABLES LIKE 'aurora_version'"))
                        .isEmpty();
                assertThat(Caller.refusal(admin, "SELECT AURORA_VERSION()")).matches("(1305|1046|1370).*");
            }
        }
    }

    private static void showsAurora(Connection admin, String version) throws SQLException {
        assertThat(rows(admin, "SHOW GLOBAL VARIABLES LIKE 'aurora_version'"))
                .containsExactly("aurora_version=" + version);
        assertThat(rows(admin, "SHOW VARIABLES LIKE 'aurora%'")).containsExactly("aurora_version=" + version);
        assertThat(rows(admin, "show variables where variable_name in ('aurora_version', 'skip_name_resolve')"))
                .containsExactly("aurora_version=" + version, "skip_name_resolve=ON");
        assertThat(rows(admin, "SHOW VARIABLES"))
                .contains("aurora_version=" + version)
                .hasSizeGreaterThan(400);
        assertThat(rows(
                        admin,
                        "SELECT v.variable_name, v.variable_value FROM performance_schema.global_variables AS v"
                                + " WHERE v.variable_name = 'aurora_version'"))
                .containsExactly("aurora_version=" + version);
        assertThat(rows(admin, "SELECT * FROM performance_schema.global_variables WHERE variable_name = 'sync_binlog'"))
                .containsExactly("sync_binlog=1");
        assertThat(Session.query(admin, "SELECT @@aurora_version")).isEqualTo(version);
        assertThat(Session.query(admin, "SELECT CONCAT('@@aurora_version ', @@GLOBAL.aurora_version)"))
                .isEqualTo("@@aurora_version " + version);
        assertThat(Session.query(admin, "SELECT AURORA_VERSION()")).isEqualTo(version);
        assertThat(Session.query(admin, "SELECT @@global.sync_binlog")).isEqualTo("1");
        try (Statement statement = admin.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@server_id, @@aurora_version")) {
            assertThat(row.getMetaData().getColumnLabel(2)).isEqualTo("@@aurora_version");
        }
    }

    @Test
    void auroraTellsByItsVariablesAndRefusesTheGlobalReadLock() throws SQLException {
        theEngineIsToldByItsVariables(RdsFlavour.AURORA_3);
        theGlobalReadLockIsRefusedToTheAdminOnly(RdsFlavour.AURORA_3);
    }

    @Test
    void theReplicationAccountIsToldTheServersOwnValues() throws SQLException {
        DressedServer rds = dressed(RdsFlavour.AURORA_3);
        try (Connection root = asRoot(rds)) {
            assertThat(Session.query(root, "SELECT @@basedir")).doesNotStartWith("/rdsdbbin");
            assertThat(rows(root, "SHOW VARIABLES LIKE 'aurora_version'")).isEmpty();
        }
    }

    @Test
    void aFailoverDropsConnectionsAndLeadsToTheOtherServer() throws SQLException {
        DressedServer rds = dressed(RdsFlavour.AURORA_3);
        DressedServer other = dressed(RdsFlavour.AURORA_3);
        other.becomeReader();
        String before;
        try (Connection admin = rds.connectAsAdmin()) {
            before = Session.query(admin, "SELECT @@server_uuid");
            rds.moveTo(other);
            assertThatThrownBy(() -> admin.createStatement().execute("SELECT 1"))
                    .isInstanceOf(SQLException.class);
        }
        try (Connection admin = rds.connectAsAdmin()) {
            assertThat(Session.query(admin, "SELECT @@server_uuid")).isNotEqualTo(before);
            assertThat(Session.query(admin, "SELECT @@innodb_read_only")).isEqualTo("0");
            assertThat(Caller.refusal(admin, "CREATE DATABASE shop")).isEqualTo("-");
        }
        assertThat(rds.server()).isSameAs(other.server());
    }

    @Test
    void aReaderIsReadOnlyAndHasNoBinaryLog() throws SQLException {
        DressedServer rds = dressed(RdsFlavour.AURORA_3);
        rds.becomeReader();
        try (Connection admin = rds.connectAsAdmin()) {
            assertThat(Session.query(admin, "SELECT @@innodb_read_only")).isEqualTo("1");
            assertThat(Session.query(admin, "SELECT @@log_bin")).isEqualTo("0");
            assertThat(rows(admin, "SHOW GLOBAL VARIABLES LIKE 'innodb_read_only'"))
                    .containsExactly("innodb_read_only=ON");
            assertThat(Caller.refusal(admin, "SHOW BINARY LOGS")).startsWith("1381");
            assertThat(rows(admin, "SHOW MASTER STATUS")).isEmpty();
            assertThat(Caller.refusal(admin, "CREATE DATABASE shop")).startsWith("1290");
            assertThat(Caller.call(admin, "rds_start_replication()")).startsWith("1");
        }
    }

    @Test
    void whatIsUnverifiedCanBeOtherwise() throws SQLException {
        DressedServer rds = dressed(
                RdsFlavour.MYSQL_8_0,
                Unverified.ROUTINES_ARE_HIDDEN,
                Unverified.TABLE_READ_LOCK_IS_REFUSED,
                Unverified.LOG_FLUSH_IS_REFUSED,
                Unverified.STOCK_BASEDIR);
        try (Connection admin = rds.connectAsAdmin()) {
            assertThat(Table.procedures(admin)).isEmpty();
            assertThat(Caller.call(admin, "rds_show_configuration()")).isEqualTo("binlog retention hours");
            assertThat(Caller.refusal(admin, "FLUSH TABLES shop.item WITH READ LOCK"))
                    .isEqualTo(REFUSED);
            assertThat(Caller.refusal(admin, "FLUSH BINARY LOGS")).startsWith("1227");
            assertThat(Session.query(admin, "SELECT @@basedir")).doesNotStartWith("/rdsdbbin");
        }
    }

    private static Connection asRoot(DressedServer rds) throws SQLException {
        MySqlServer server = rds.server();
        return DriverManager.getConnection(
                "jdbc:mysql://" + rds.host() + ":" + rds.port() + "/?allowPublicKeyRetrieval=true",
                server.rootUser(),
                server.rootPassword());
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1) + "=" + rows.getString(2));
            }
        }
        return found;
    }
}
