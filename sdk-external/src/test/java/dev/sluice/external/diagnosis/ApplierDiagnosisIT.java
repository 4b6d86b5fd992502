// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.plan.Consent;
import dev.sluice.core.LiveDiagnosis;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.ServerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of the failure catalogue about the replica's own side, on real servers: the applier, the relay log, and what stands still. */
@Tag("long")
@Timeout(240)
class ApplierDiagnosisIT {
    private static final MySqlRelease RELEASE = MySqlRelease.MYSQL_8_0_31;

    @Test
    void objectMissing() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.behindTheBack("CREATE DATABASE other");
            pair.source()
                    .execute(
                            "SET SESSION sql_log_bin = 0",
                            "CREATE DATABASE other",
                            "CREATE TABLE other.t (id INT PRIMARY KEY)");
            pair.source().execute("INSERT INTO other.t VALUES (1)");
            LiveDiagnosis found = pair.awaitFinding("object-missing");

            assertThat(SickPair.finding(found, "object-missing").evidence()).anyMatch(line -> line.contains("1146"));
            pair.cure(found, "object-missing/skip", Consent.SKIPPED_CHANGES);
        }
    }

    @Test
    void objectExists() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.behindTheBack("CREATE TABLE shop.later (id INT PRIMARY KEY)");
            pair.source().execute("CREATE TABLE shop.later (id INT PRIMARY KEY)");
            LiveDiagnosis found = pair.awaitFinding("object-exists");

            assertThat(SickPair.finding(found, "object-exists").evidence())
                    .anyMatch(line -> line.startsWith("in it: Query: ") && line.contains("CREATE TABLE shop.later"));
            pair.cure(found, "object-exists/skip", Consent.SKIPPED_CHANGES);
        }
    }

    @ParameterizedTest
    @CsvSource({"MYSQL_5_7, true", "MYSQL_8_0_31, true", "MYSQL_8_0_31, false"})
    void relayLogUnreadable(MySqlRelease release, boolean gtids) throws IOException {
        try (SickPair pair = gtids ? SickPair.gtid(release) : SickPair.position(release)) {
            pair.replicating().awaitRow(3);
            pair.replica().execute("STOP " + pair.word() + " SQL_THREAD");
            pair.source().execute("INSERT INTO shop.item (id, t) VALUES (4, REPEAT('y', 5000))");
            await().until(() -> damage(pair));
            pair.replica().execute("START " + pair.word() + " SQL_THREAD");

            pair.cure(pair.awaitFinding("relay-log-unreadable"), "relay-log-unreadable/fetch-again");
            assertThat(pair.replica()
                            .query("SELECT LENGTH(t) FROM shop.item WHERE id = 4")
                            .get(0)
                            .get(0))
                    .isEqualTo("5000");
        }
    }

    /** Overwrites some of the row's bytes, as a failing disk would. */
    private static boolean damage(SickPair pair) throws IOException {
        try (var files = Files.list(SickPair.folder(pair.replica()))) {
            for (Path file : files.filter(path -> path.getFileName().toString().contains("relay-bin.0"))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("y".repeat(4000));
                if (at >= 0) {
                    Arrays.fill(bytes, at + 100, at + 200, (byte) 'z');
                    Files.write(file, bytes, StandardOpenOption.WRITE);
                    return true;
                }
            }
        }
        return false;
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void columnNotConverted(MySqlRelease release) {
        try (SickPair pair = SickPair.gtid(release).replicating()) {
            pair.awaitRow(3);
            pair.behindTheBack("ALTER TABLE shop.item MODIFY n BIGINT");
            pair.source().execute("INSERT INTO shop.item (id, n) VALUES (4, 5)");

            pair.cure(pair.awaitFinding("column-not-converted"), "column-not-converted/convert");
            pair.awaitRow(4);
        }
    }

    @Test
    void collationUnknown() {
        try (SickPair pair = SickPair.of(RELEASE, ServerOptions::gtid, MySqlRelease.MYSQL_8_0_15, ServerOptions::gtid)
                .replicating()) {
            pair.awaitRow(3);
            pair.source().execute("CREATE TABLE shop.nb (t VARCHAR(10) COLLATE utf8mb4_nb_0900_ai_ci)");

            pair.cure(pair.awaitFinding("collation-unknown"), "collation-unknown/skip", Consent.SKIPPED_CHANGES);
        }
    }

    @Test
    void accountChange() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.behindTheBack("CREATE USER 'both'@'%' IDENTIFIED BY 'one-1'");
            pair.source().execute("CREATE USER 'both'@'%' IDENTIFIED BY 'other-2'");
            LiveDiagnosis found = pair.awaitFinding("account-change");

            assertThat(SickPair.finding(found, "account-change").evidence())
                    .noneMatch(line -> line.contains("$A$"))
                    .anyMatch(line -> line.contains("left out"));
            pair.cure(found, "account-change/skip", Consent.SKIPPED_CHANGES);
        }
    }

    @Test
    void definerMissing() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.behindTheBack(
                    "CREATE DEFINER = 'ghost'@'%' TRIGGER shop.tr BEFORE INSERT ON shop.item FOR EACH ROW SET NEW.n = 1");
            pair.source().execute("SET SESSION binlog_format = STATEMENT", "INSERT INTO shop.item (id) VALUES (4)");
            LiveDiagnosis found = pair.awaitFinding("definer-missing");
            pair.behindTheBack("CREATE USER 'ghost'@'%'");
            pair.behindTheBack("GRANT ALL ON *.* TO 'ghost'@'%'");

            pair.cure(found, "definer-missing/start");
        }
    }

    @Test
    void replicaFull() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.source().execute("CREATE TABLE shop.wide (id INT PRIMARY KEY, t VARCHAR(5000)) CHARACTER SET latin1");
            await().until(() -> pair.diagnose().report().isHealthy()
                    && !pair.replica()
                            .query("SELECT 1 FROM information_schema.TABLES WHERE TABLE_NAME = 'wide'")
                            .isEmpty());
            pair.replica()
                    .execute(
                            "SET SESSION sql_log_bin = 0",
                            "SET SESSION max_heap_table_size = 16384",
                            "ALTER TABLE shop.wide ENGINE = MEMORY");
            pair.source()
                    .execute(
                            "SET SESSION cte_max_recursion_depth = 5000",
                            "INSERT INTO shop.wide WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
                                    + " SELECT i, REPEAT('w', 5000) FROM n");
            LiveDiagnosis found = pair.awaitFinding("replica-full");
            pair.behindTheBack("ALTER TABLE shop.wide ENGINE = InnoDB");

            pair.cure(found, "replica-full/start");
        }
    }

    @Test
    void locked() throws SQLException {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.stop();
            pair.replica()
                    .execute("SET GLOBAL replica_transaction_retries = 0", "SET GLOBAL innodb_lock_wait_timeout = 1");
            LiveDiagnosis found;
            try (var holder = pair.replica().connect();
                    var statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("SELECT * FROM shop.item WHERE id = 2 FOR UPDATE");
                pair.start();
                pair.source().execute("UPDATE shop.item SET n = 3 WHERE id = 2");
                found = pair.awaitFinding("locked");
                holder.rollback();
            }

            pair.cure(found, "locked/start");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void stopped(MySqlRelease release) {
        try (SickPair pair = SickPair.gtid(release).replicating()) {
            pair.awaitRow(3);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> pair.diagnose().report().isHealthy());
            pair.stop();

            pair.cure(pair.awaitFinding("stopped"), "stopped/start");
        }
    }

    @Test
    void aReplicaThatHasLostItsFilterIsNotStarted() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.stop();
            pair.replica().execute("SET PERSIST_ONLY skip_replica_start = ON");
            pair.replica().restart();

            assertThat(SickPair.finding(pair.awaitFinding("stopped"), "stopped").remedies())
                    .extracting(Remedy::id)
                    .containsExactly("stopped/start-by-plan");
        }
    }

    @Test
    void notConfigured() {
        try (SickPair pair = SickPair.gtid(RELEASE)) {
            assertThat(SickPair.finding(pair.diagnose(), "not-configured").remedies())
                    .extracting(Remedy::kind)
                    .containsExactly(Remedy.Kind.NEW_COPY);
        }
    }
}
