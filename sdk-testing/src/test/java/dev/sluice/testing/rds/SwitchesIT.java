// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What documents leave open can be otherwise. Those of the front are in {@link AdminFrontIT}. */
@Timeout(120)
@Tag("long")
class SwitchesIT {
    private interface Check {
        void look(DressedServer rds, Connection admin) throws SQLException;
    }

    private static void on(RdsFlavour flavour, Unverified one, Check check) throws SQLException {
        try (Loan loan = SharedServers.ofThisJvm().borrow(RdsDressingIT.release(flavour), options -> options.gtid());
                DressedServer rds = RdsDressing.as(flavour)
                        .pausing(Duration.ofMillis(300))
                        .with(one)
                        .dress(loan.server());
                Connection admin = rds.connectAsAdmin()) {
            check.look(rds, admin);
        }
    }

    @Test
    void mastersOnRds84() throws SQLException {
        on(
                RdsFlavour.MYSQL_8_4,
                Unverified.MASTER_SPELLINGS_ON_RDS_8_4,
                (rds, admin) -> assertThat(Table.procedures(admin))
                        .contains(
                                "rds_set_external_master/7",
                                "rds_set_external_source/7",
                                "rds_reset_external_master/0"));
    }

    @Test
    void gtidPurgedOnRds84() throws SQLException {
        on(
                RdsFlavour.MYSQL_8_4,
                Unverified.GTID_PURGED_ON_RDS_8_4,
                (rds, admin) -> assertThat(Caller.call(
                                admin,
                                "rds_set_external_source_gtid_purged('dddddddd-dddd-dddd-dddd-dddddddddddd', 1, 9)"))
                        .isEqualTo("-"));
    }

    @Test
    void sslMaterialOnRds() throws SQLException {
        on(
                RdsFlavour.MYSQL_8_0,
                Unverified.SSL_MATERIAL_ON_RDS,
                (rds, admin) -> assertThat(imported(admin, "RSA PRIVATE KEY")).isEqualTo("-"));
    }

    @Test
    void sslMaterialOnAurora2() throws SQLException {
        on(RdsFlavour.AURORA_2, Unverified.SSL_MATERIAL_ON_AURORA_2, (rds, admin) -> {
            assertThat(imported(admin, "RSA PRIVATE KEY")).isEqualTo("-");
            assertThat(Caller.call(admin, "rds_set_external_master('h', 3306, 'u', 'p', 'f.000001', 4, 1)"))
                    .isEqualTo("-");
        });
    }

    @Test
    void anotherKindOfKey() throws SQLException {
        on(
                RdsFlavour.AURORA_3,
                Unverified.PKCS8_KEY_ACCEPTED,
                (rds, admin) -> assertThat(imported(admin, "PRIVATE KEY")).isEqualTo("-"));
    }

    private static String imported(Connection admin, String key) {
        return Caller.call(admin, "rds_import_binlog_ssl_material('" + Stage.material(key) + "')");
    }

    @Test
    void theSourceIsVerified() throws SQLException {
        on(RdsFlavour.AURORA_3, Unverified.SOURCE_SSL_IS_VERIFIED, (rds, admin) -> {
            String set = "rds_set_external_source('127.0.0.1', " + rds.port() + ", 'u', 'p', 'f.000001', 4, 0)";
            assertThat(Caller.call(admin, set)).isEqualTo("-");
            assertThat(Caller.call(admin, "rds_set_binlog_source_ssl(1)")).isEqualTo("-");
            assertThat(
                            Session.query(
                                    admin,
                                    "SELECT ssl_verify_server_certificate FROM performance_schema.replication_connection_configuration"))
                    .isEqualTo("YES");
            assertThat(Caller.call(admin, "rds_start_replication")).startsWith("1644");
        });
    }

    @Test
    void untilOnEveryAurora() throws SQLException {
        on(
                RdsFlavour.AURORA_2,
                Unverified.START_UNTIL_ON_EVERY_AURORA,
                (rds, admin) -> assertThat(Table.procedures(admin))
                        .contains("rds_start_replication_until/2", "rds_start_replication_until_gtid/1"));
    }

    @Test
    void aShortRetention() throws SQLException {
        on(RdsFlavour.AURORA_2, Unverified.SHORT_RETENTION_ON_AURORA_2, (rds, admin) -> {
            assertThat(Caller.call(admin, "rds_set_configuration('binlog retention hours', 2160)"))
                    .isEqualTo("-");
            assertThat(Session.query(admin, "SELECT value FROM mysql.rds_configuration"))
                    .isEqualTo("168");
        });
    }

    @Test
    void delaysThatAreUnknown() throws SQLException {
        on(
                RdsFlavour.MYSQL_8_0,
                Unverified.DELAYS_ARE_UNKNOWN_TO_CONFIGURATION,
                (rds, admin) -> assertThat(Caller.call(admin, "rds_set_configuration('source delay', 10)"))
                        .startsWith("1644 Cannot set unknown"));
    }

    @Test
    void aHeartThatBeginsToBeat() throws SQLException {
        on(RdsFlavour.AURORA_3, Unverified.HEART_HAS_NOT_BEATEN, (rds, admin) -> {
            String rows = "SELECT COUNT(*) FROM mysql.rds_heartbeat2";
            assertThat(Session.query(admin, rows)).isEqualTo("0");
            rds.beat();
            assertThat(Session.query(admin, rows)).isEqualTo("1");
        });
    }

    @Test
    void otherTexts() throws SQLException {
        on(RdsFlavour.AURORA_3, Unverified.TEXTS_SAY_REPLICA, (rds, admin) -> {
            Caller.call(admin, "rds_set_external_source('127.0.0.1', 1, 'u', 'p', 'f.000001', 4, 0)");
            assertThat(Caller.call(admin, "rds_stop_replication"))
                    .isEqualTo("1644 Replica is already stopped or may not be configured. Run SHOW REPLICA STATUS\\G;");
            assertThat(Caller.call(admin, "rds_reset_external_source")).isEqualTo("Replica has been reset");
        });
    }
}
