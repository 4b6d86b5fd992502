// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.diagnosis.DiagnosisFinding;
import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.LiveDiagnosis;
import dev.sluice.core.LiveRemedy;
import dev.sluice.external.ExternalMySql;
import dev.sluice.external.TwoServers;
import dev.sluice.testing.front.FaultFront;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of the failure catalogue on real servers: each failure is brought about, recognised, and cured where it can be. */
@Tag("long")
@Timeout(240)
class DiagnosisIT {
    private static final MySqlRelease RELEASE = MySqlRelease.MYSQL_8_0_31;

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void duplicateRowWithGtids(MySqlRelease release) {
        try (SickPair pair = SickPair.gtid(release).replicating()) {
            duplicateRow(pair);
            LiveDiagnosis found = pair.awaitFinding("duplicate-row");

            DiagnosisFinding finding = SickPair.finding(found, "duplicate-row");
            assertThat(finding.problem().code().id()).isEqualTo("CORE-816");
            assertThat(finding.evidence())
                    .anyMatch(line -> line.contains("1062"))
                    .anyMatch(line -> line.startsWith("in it: Write_rows") && line.contains("shop.item"));
            assertThat(finding.remedies())
                    .extracting(Remedy::id)
                    .containsExactly("duplicate-row/copy-table", "duplicate-row/skip", "duplicate-row/new-copy");
            assertThat(found.remedy("duplicate-row/skip").remedy().preview())
                    .anyMatch(line -> line.contains("SET SESSION gtid_next = '"))
                    .anyMatch(line -> line.contains("Write_rows"))
                    .anyMatch(line -> line.contains("SKIPPED_CHANGES"));
            pair.cure(found, "duplicate-row/skip", Consent.SKIPPED_CHANGES);
            assertThat(pair.replica()
                            .query("SELECT n FROM shop.item WHERE id = 4")
                            .get(0)
                            .get(0))
                    .isEqualTo("7");
        }
    }

    private static void duplicateRow(SickPair pair) {
        pair.awaitRow(3);
        pair.behindTheBack("INSERT INTO shop.item (id, n) VALUES (4, 7)");
        pair.source().execute("INSERT INTO shop.item (id, n) VALUES (4, 8)");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void duplicateRowByPosition(MySqlRelease release) {
        try (SickPair pair = SickPair.position(release).replicating()) {
            pair.awaitRow(3);
            awaitPlace(pair);
            duplicateRow(pair);
            LiveDiagnosis found = pair.awaitFinding("duplicate-row");

            assertThat(SickPair.finding(found, "duplicate-row").evidence())
                    .contains("transaction without GTID")
                    .anyMatch(line -> line.startsWith("in it: Write_rows"));
            pair.cure(found, "duplicate-row/skip", Consent.SKIPPED_CHANGES);
        }
    }

    /**
     * The place of an applier with several workers moves a few times a second only, and may stay behind when one of them fails: then the next
     * transaction is not the one that failed, and none is offered to be left out.
     */
    private static void awaitPlace(SickPair pair) {
        List<String> end = pair.source().query("SHOW MASTER STATUS").get(0);
        assertThat(pair.replica()
                        .query("SELECT MASTER_POS_WAIT('" + end.get(0) + "', " + end.get(1) + ", 60) >= 0")
                        .get(0)
                        .get(0))
                .isEqualTo("1");
    }

    @Test
    void nothingIsSkippedWithoutConsentNorTwice() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            duplicateRow(pair);
            LiveRemedy skip = pair.awaitFinding("duplicate-row").remedy("duplicate-row/skip");

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(skip::execute)
                    .satisfies(refused -> assertThat(refused.code().id()).isEqualTo("CORE-835"));
            assertThat(pair.diagnose().report().finding("duplicate-row")).isPresent();
            pair.behindTheBack("DELETE FROM shop.item WHERE id = 4");
            pair.start();
            pair.awaitRow(4);
            pair.behindTheBack("INSERT INTO shop.item (id, n) VALUES (5, 7)");
            pair.source().execute("INSERT INTO shop.item (id, n) VALUES (5, 8)");
            pair.awaitFinding("duplicate-row");

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> skip.execute(Consent.SKIPPED_CHANGES))
                    .satisfies(refused -> assertThat(refused.code().id()).isEqualTo("CORE-834"));
            pair.behindTheBack("DELETE FROM shop.item WHERE id = 5");
            pair.start();
            pair.awaitRow(5);
        }
    }

    @Test
    void rowMissing() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.behindTheBack("DELETE FROM shop.item WHERE id = 2");
            pair.source().execute("UPDATE shop.item SET n = 9 WHERE id = 2");
            LiveDiagnosis found = pair.awaitFinding("row-missing");

            assertThat(SickPair.finding(found, "row-missing").evidence())
                    .anyMatch(line -> line.contains("1032"))
                    .anyMatch(line -> line.startsWith("in it: Update_rows"));
            pair.cure(found, "row-missing/skip", Consent.SKIPPED_CHANGES);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void gtidsPurged(MySqlRelease release) {
        try (SickPair pair = SickPair.gtid(release).replicating()) {
            purge(pair);
            LiveDiagnosis found = pair.awaitFinding("gtids-purged");

            DiagnosisFinding finding = SickPair.finding(found, "gtids-purged");
            assertThat(finding.evidence())
                    .anyMatch(line -> line.startsWith("the source has removed, and the replica lacks: "));
            assertThat(finding.remedies()).extracting(Remedy::kind).containsExactly(Remedy.Kind.NEW_COPY);
            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> found.remedy("gtids-purged/new-copy").execute())
                    .satisfies(refused -> assertThat(refused.code().id()).isEqualTo("CORE-836"));
        }
    }

    private static void purge(SickPair pair) {
        pair.awaitRow(3);
        pair.replica().execute("STOP " + pair.word() + " IO_THREAD");
        pair.source().execute("INSERT INTO shop.item (id) VALUES (4)", "FLUSH BINARY LOGS", "FLUSH BINARY LOGS");
        List<List<String>> logs = pair.source().query("SHOW BINARY LOGS");
        pair.source()
                .execute("PURGE BINARY LOGS TO '" + logs.get(logs.size() - 1).get(0) + "'");
        pair.replica().execute("START " + pair.word() + " IO_THREAD");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void logFileGone(MySqlRelease release) {
        try (SickPair pair = SickPair.position(release).replicating()) {
            purge(pair);
            LiveDiagnosis found = pair.awaitFinding("log-file-gone");

            assertThat(SickPair.finding(found, "log-file-gone").evidence())
                    .anyMatch(line -> line.startsWith("binary logs of the source: binlog.00"));
            pair.cure(found, "log-file-gone/next-log", Consent.SKIPPED_CHANGES);
            assertThat(pair.replica().query("SELECT 1 FROM shop.item WHERE id = 4"))
                    .isEmpty();
        }
    }

    @Test
    void positionImpossible() {
        try (SickPair pair = SickPair.position(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.stop();
            pair.change("SOURCE_LOG_FILE = 'binlog.000001', SOURCE_LOG_POS = 99999999");
            pair.start();
            LiveDiagnosis found = pair.awaitFinding("position-impossible");

            assertThat(SickPair.finding(found, "position-impossible").remedies())
                    .extracting(Remedy::kind)
                    .contains(Remedy.Kind.NEW_COPY);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void packetTooSmall(MySqlRelease release) {
        try (SickPair pair = SickPair.gtid(release).replicating()) {
            pair.awaitRow(3);
            String variable = pair.variable("replica_max_allowed_packet");
            pair.replica().execute("SET GLOBAL " + variable + " = 1024");
            pair.restartReceiver();
            pair.source().execute("INSERT INTO shop.item (id, t) VALUES (4, REPEAT('x', 100000))");
            LiveDiagnosis found = pair.awaitFinding("packet-too-small");

            assertThat(SickPair.finding(found, "packet-too-small").evidence()).contains(variable + " = 1024");
            LiveRemedy raise = found.remedy("packet-too-small/raise-packet");
            assertThat(raise.execute().isHealthy()).isTrue();
            pair.awaitRow(4);
            pair.assertReplicates();
            assertThat(value(pair, variable)).isEqualTo("1073741824");
            assertThat(raise.undo()).contains("restore " + variable + " to 1024");
            assertThat(value(pair, variable)).isEqualTo("1024");
        }
    }

    private static String value(SickPair pair, String variable) {
        return String.valueOf(
                pair.replica().query("SELECT @@GLOBAL." + variable).get(0).get(0));
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void sourceBehind(MySqlRelease release) {
        try (SickPair pair = SickPair.gtid(release).replicating()) {
            pair.awaitRow(3);
            String uuid = pair.source().query("SELECT @@server_uuid").get(0).get(0);
            pair.source().execute(release.isAtLeast(8, 4, 0) ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER");
            pair.restartReceiver();
            LiveDiagnosis found = pair.awaitFinding("source-behind");

            DiagnosisFinding finding = SickPair.finding(found, "source-behind");
            assertThat(finding.evidence())
                    .anyMatch(line -> line.startsWith("the replica has, and the source lacks: " + uuid));
            assertThat(finding.remedies())
                    .extracting(Remedy::kind)
                    .containsExactly(Remedy.Kind.PERSON, Remedy.Kind.NEW_COPY);
        }
    }

    @Test
    void identityTaken() throws IOException {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating();
                SickPair copy = SickPair.gtid(RELEASE)) {
            pair.awaitRow(3);
            Path own = SickPair.folder(pair.replica()).resolve("auto.cnf");
            Path copied = SickPair.folder(copy.replica()).resolve("auto.cnf");
            copy.replica().stop();
            Files.copy(own, copied, StandardCopyOption.REPLACE_EXISTING);
            copy.replica().start();
            copy.following(pair.source());
            LiveDiagnosis found = pair.awaitFinding("identity-taken");

            assertThat(SickPair.finding(found, "identity-taken").evidence())
                    .anyMatch(line -> line.startsWith("server_uuid of the replica = "));
            copy.stop();
            pair.cure(found, "identity-taken/start");
        }
    }

    @Test
    void gtidViolation() {
        try (SickPair pair = SickPair.of(
                        MySqlRelease.MYSQL_5_7,
                        TwoServers::withoutGtids,
                        MySqlRelease.MYSQL_5_7,
                        options -> options.setting("gtid_mode", "OFF")
                                .setting("enforce_gtid_consistency", "ON")
                                .setting("log_slave_updates", "ON"))
                .replicating()) {
            pair.awaitRow(3);
            pair.source()
                    .execute(
                            "SET SESSION binlog_format = STATEMENT", "CREATE TABLE shop.copy SELECT id FROM shop.item");
            LiveDiagnosis found = pair.awaitFinding("gtid-violation");

            assertThat(SickPair.finding(found, "gtid-violation").evidence())
                    .contains("enforce_gtid_consistency on the source = OFF");
            pair.replica().execute("SET GLOBAL enforce_gtid_consistency = OFF");
            pair.cure(found, "gtid-violation/start");
        }
    }

    @Test
    void applierFailed() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.behindTheBack("ALTER TABLE shop.item ADD CONSTRAINT small CHECK (n < 100)");
            pair.source().execute("INSERT INTO shop.item (id, n) VALUES (4, 500)");
            LiveDiagnosis found = pair.awaitFinding("applier-failed");
            pair.behindTheBack("ALTER TABLE shop.item DROP CHECK small");

            pair.cure(found, "applier-failed/start");
            pair.awaitRow(4);
        }
    }

    @Test
    void eventsTooNew() {
        try (SickPair pair = SickPair.of(
                        RELEASE,
                        options -> options.gtid().setting("binlog_transaction_compression", "ON"),
                        MySqlRelease.MYSQL_8_0_15,
                        ServerOptions::gtid)
                .replicating()) {
            pair.source().execute("INSERT INTO shop.item (id, t) VALUES (4, REPEAT('x', 5000))");
            LiveDiagnosis found = pair.awaitFinding("events-too-new");

            assertThat(SickPair.finding(found, "events-too-new").remedies())
                    .extracting(Remedy::kind)
                    .containsExactly(Remedy.Kind.PERSON, Remedy.Kind.NEW_COPY);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void sourceUnreachable(boolean gtids) {
        try (SickPair pair = gtids ? SickPair.gtid(RELEASE) : SickPair.position(RELEASE)) {
            try (FaultFront old =
                    FaultFront.to(pair.source().host(), pair.source().port())) {
                pair.replicatingThrough(old.port()).awaitRow(3);
            }
            pair.source().execute("INSERT INTO shop.item (id) VALUES (4)");
            LiveDiagnosis found = pair.awaitFinding("source-unreachable");

            assertThat(found.remedy("source-unreachable/repoint").remedy().preview())
                    .anyMatch(line -> line.contains("SOURCE_HOST = '127.0.0.1', SOURCE_PORT = "
                            + pair.source().port()));
            pair.cure(found, "source-unreachable/repoint");
            assertThat(pair.replica()
                            .query("SELECT COUNT(*) FROM shop.item")
                            .get(0)
                            .get(0))
                    .isEqualTo("5");
        }
    }

    @Test
    void aReplicaIsNotPointedAtAnotherServer() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.replica().execute("STOP REPLICA IO_THREAD");
            pair.change("SOURCE_PORT = 1");
            pair.replica().execute("START REPLICA IO_THREAD");
            pair.awaitFinding("source-unreachable");

            LiveDiagnosis another = pair.sluice().diagnose(pair.replicaEndpoint(), pair.replicaEndpoint());
            LiveDiagnosis nobody = pair.sluice()
                    .diagnose(
                            pair.replicaEndpoint(),
                            ExternalMySql.at("127.0.0.1", 1).credentials("root", Secret.named("source")));

            for (LiveDiagnosis found : List.of(another, nobody)) {
                assertThat(SickPair.finding(found, "source-unreachable").remedies())
                        .extracting(Remedy::id)
                        .containsExactly("source-unreachable/by-hand");
            }
            assertThat(another.report().finding("source-not-asked")).isEmpty();
            assertThat(nobody.report().finding("source-not-asked")).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void serverIdsEqual(MySqlRelease release) {
        try (SickPair pair = SickPair.of(
                        release,
                        options -> options.gtid().serverId(77),
                        release,
                        options -> options.gtid().serverId(77))
                .replicating()) {
            LiveDiagnosis found = pair.awaitFinding("server-ids-equal");

            pair.cure(found, "server-ids-equal/set-server-id", Consent.SERVER_ID_CHANGE);
            pair.awaitRow(3);
        }
    }

    @Test
    void serverUuidsEqual() throws IOException {
        try (SickPair pair = SickPair.gtid(RELEASE)) {
            Path copied = SickPair.folder(pair.source()).resolve("auto.cnf");
            pair.replica().stop();
            Files.copy(copied, folderOf(pair).resolve("auto.cnf"), StandardCopyOption.REPLACE_EXISTING);
            pair.replica().start();
            pair.replicating();

            assertThat(SickPair.finding(pair.awaitFinding("server-uuids-equal"), "server-uuids-equal")
                            .remedies())
                    .extracting(Remedy::kind)
                    .containsExactly(Remedy.Kind.PERSON);
        }
    }

    /** Also of a server that is down. */
    private static Path folderOf(SickPair pair) {
        pair.replica().start();
        Path folder = SickPair.folder(pair.replica());
        pair.replica().stop();
        return folder;
    }

    @Test
    void binlogOff() {
        try (SickPair pair = SickPair.gtid(RELEASE).replicating()) {
            pair.awaitRow(3);
            pair.source().restart(ServerOptions::withoutBinaryLog);

            assertThat(SickPair.finding(pair.awaitFinding("binlog-off"), "binlog-off")
                            .remedies())
                    .extracting(Remedy::kind)
                    .containsExactly(Remedy.Kind.PERSON, Remedy.Kind.NEW_COPY);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void gtidModes(MySqlRelease release) {
        try (SickPair pair = SickPair.of(release, TwoServers::withoutGtids, release, ServerOptions::gtid)
                .replicating()) {
            LiveDiagnosis found = pair.awaitFinding("gtid-modes");

            assertThat(SickPair.finding(found, "gtid-modes").evidence())
                    .contains("gtid_mode of the replica = ON", "gtid_mode of the source = OFF");
        }
    }
}
