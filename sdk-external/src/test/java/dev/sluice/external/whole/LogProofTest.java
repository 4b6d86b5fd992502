// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SnapshotOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.plan.CopyMethod;
import dev.sluice.api.plan.Scope;
import dev.sluice.core.copy.CopyStatements;
import dev.sluice.core.snapshot.SnapshotStatements;
import dev.sluice.core.verify.VerifyStatements;
import dev.sluice.testservers.GeneralLog.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proof of the previews notices what it has to notice. */
class LogProofTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");
    private static final long CONTROL = 10;
    private static final long LOCK = 20;
    private static final long WRITER = 30;
    private static final long VERIFIER = 40;
    private static final long PROGRAM = 50;
    private static final List<String> WANTED =
            List.of("SET PERSIST super_read_only = ON", "CREATE USER 'r'@'%' IDENTIFIED BY <secret>", "START REPLICA");
    private static final List<Stretch> STRETCHES = stretches(CopyMethod.IN_PROCESS);

    private final List<Entry> entries = new ArrayList<>();

    private static List<Stretch> stretches(CopyMethod method) {
        List<LockKind> locks = List.of(LockKind.GLOBAL_READ_LOCK, LockKind.TABLE_WRITE_LOCKS);
        return List.of(
                new Stretch(
                        new SnapshotOperation(
                                OperationInfo.reading("snapshot", Target.SOURCE, "open"),
                                locks,
                                Duration.ofSeconds(5),
                                SnapshotStatements.templates(locks)),
                        at(20),
                        at(29)),
                new Stretch(
                        new CopyOperation(
                                OperationInfo.changing("copy", Target.BOTH, "copy"),
                                method,
                                Scope.EVERYTHING,
                                CopyStatements.templates()),
                        at(30),
                        at(39)),
                new Stretch(
                        new VerifyOperation(
                                OperationInfo.reading("verify", Target.BOTH, "compare"),
                                Scope.EVERYTHING,
                                VerifyStatements.templates()),
                        at(40),
                        at(49)));
    }

    private static Instant at(long second) {
        return BEGIN.plusSeconds(second);
    }

    /** A session that connects in its id's second. */
    private void session(long id, String... statements) {
        entries.add(new Entry(at(id), id, "Connect", "root@127.0.0.1 on  using SSL/TLS"));
        query(id, "SELECT  @@session.auto_increment_increment AS auto_increment_increment");
        query(id, "SET character_set_results = UTF8MB4");
        query(id, "SET autocommit=1");
        query(
                id,
                "SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION sql_mode = 'A,B', SESSION wait_timeout = 9");
        query(id, "SET ROLE ALL");
        query(id, statements);
    }

    private void query(long id, String... statements) {
        for (String statement : statements) {
            entries.add(new Entry(at(id), id, "Query", statement));
        }
    }

    /** A whole run, with everything that it may do. */
    private void run() {
        session(CONTROL, "SELECT VERSION()", WANTED.get(0));
        query(CONTROL, "CREATE USER 'r'@'%' IDENTIFIED WITH 'caching_sha2_password' BY '<secret>'");
        session(
                LOCK,
                "SET SESSION wait_timeout = 4, SESSION lock_wait_timeout = 1, SESSION net_read_timeout = 4, SESSION"
                        + " net_write_timeout = 4",
                "XA RECOVER",
                "FLUSH TABLES WITH READ LOCK",
                "SHOW MASTER STATUS",
                "UNLOCK TABLES");
        query(LOCK, "KILL CONNECTION " + LOCK);
        session(
                WRITER,
                "SET SESSION sql_log_bin = 0",
                "CREATE TABLE `t` (\n  `id` int\n)",
                "CREATE DEFINER=`root`@`localhost` EVENT `e` ON SCHEDULE EVERY 1 DAY DISABLE ON SLAVE DO SELECT 1",
                "LOAD DATA LOCAL INFILE 'sluice' INTO TABLE `shop`.`t` CHARACTER SET binary FIELDS TERMINATED BY '\\t'"
                        + " ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (`id`, @v1) SET `j` = CONVERT(@v1 USING utf8mb4)");
        session(
                VERIFIER,
                "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ ONLY",
                "SET SESSION max_execution_time = 5000",
                "SELECT COUNT(*) FROM `shop`.`t`");
        query(CONTROL, "START REPLICA");
        entries.add(new Entry(at(60), CONTROL, "Quit", ""));
    }

    private List<String> complaints(Target target) {
        return complaints(target, STRETCHES);
    }

    private List<String> complaints(Target target, List<Stretch> stretches) {
        return LogProof.complaints(target, entries, WANTED, stretches, "sluice_repl");
    }

    private List<String> complaints() {
        return complaints(Target.REPLICA);
    }

    @Test
    void aRunAsPreviewedIsFine() {
        run();

        assertThat(complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {CONTROL, LOCK, WRITER, VERIFIER})
    void aGlobalSettingIsAChangeInEverySession(long session) {
        run();
        query(session, "SET GLOBAL max_connections = 5");

        assertThat(complaints()).singleElement().asString().contains("max_connections");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET PERSIST sql_log_bin = 0",
                "SET PERSIST_ONLY max_connections = 5",
                "SET @@GLOBAL.max_connections = 5",
                "SET NAMES utf8mb4, SESSION sql_mode = '', GLOBAL sql_mode = ''",
                "SET SESSION sql_log_bin = 0, GLOBAL max_connections = 5",
                "SET SESSION sql_mode = 'x', @@global.max_connections = 5",
                "/*!50000 SET GLOBAL max_connections = 5 */",
                "/* quite harmless */ SET GLOBAL max_connections = 5",
                "SET PASSWORD = '<secret>'",
                "DROP DATABASE shop",
                "/*!50000 DROP DATABASE shop */",
                "SELECT 1 INTO OUTFILE '/tmp/x'",
                "SELECT * FROM shop.t FOR UPDATE",
                "SELECT GET_LOCK('other', 0)",
                "CALL shop.p()",
                "FLUSH TABLES WITH READ LOCK",
                "FLUSH TABLES",
                "LOCK TABLES shop.t WRITE",
                "CREATE TABLE `t` (`id` int)",
                "INSERT INTO `t` (`id`) VALUES (1)",
                "GRANT ALL ON *.* TO root",
                "DO SLEEP(1)",
                "KILL 20",
                "START REPLICA"
            })
    void nothingMoreIsDoneOutsideOfTheCopy(String statement) {
        run();
        query(CONTROL, statement);

        assertThat(complaints()).isNotEmpty().anyMatch(complaint -> complaint.contains(statement));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET SESSION sql_log_bin = 0",
                "SET sql_log_bin = 0",
                "SET SESSION foreign_key_checks = 0",
                "SET SESSION wait_timeout = 31",
                "USE `shop`",
                "START TRANSACTION"
            })
    void aSettingOfASessionHasToBeShownForThatSession(String statement) {
        run();
        query(CONTROL, statement);

        assertThat(complaints()).singleElement().asString().contains("no preview shows", statement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20 | CREATE TABLE `t` (`id` int)",
                "20 | DROP TABLE IF EXISTS `t`",
                "30 | DROP DATABASE shop",
                "30 | FLUSH TABLES WITH READ LOCK",
                "30 | GRANT ALL ON *.* TO root",
                "40 | INSERT INTO `t` (`id`) VALUES (1)",
                "40 | SET SESSION sql_log_bin = 0"
            })
    void theTemplatesOfOneOperationAreNotThoseOfAnother(long session, String statement) {
        run();
        query(session, statement);
        Target target = session == LOCK ? Target.SOURCE : Target.REPLICA;
        entries.removeIf(entry -> target == Target.SOURCE && entry.connectionId() == WRITER);

        assertThat(complaints(target)).singleElement().asString().contains(statement);
    }

    @Test
    void aCopysStatementsOnTheSourceAreRefused() {
        run();

        assertThat(complaints(Target.SOURCE)).anyMatch(complaint -> complaint.contains("LOAD DATA"));
    }

    @Test
    void aSessionThatConnectedBeforeTheCopyIsNotTheCopys() {
        run();
        session(15, "SET SESSION sql_log_bin = 0", "INSERT INTO `t` (`id`) VALUES (1)");

        assertThat(complaints()).hasSize(2);
    }

    @Test
    void aSessionThatIsNotKnownMayOnlyRead() {
        run();
        query(99, "SELECT 1");
        assertThat(complaints()).isEmpty();
        query(99, "SET SESSION sql_log_bin = 0");
        assertThat(complaints()).hasSize(1);
    }

    @Test
    void onlySessionsOfTheRunAreEnded() {
        run();
        query(WRITER, "KILL CONNECTION 4711");

        assertThat(complaints()).singleElement().asString().contains("not the run's");
    }

    @Test
    void theOrderCounts() {
        run();
        entries.stream()
                .filter(entry -> entry.text().equals(WANTED.get(0)))
                .findFirst()
                .ifPresent(first -> {
                    entries.remove(first);
                    entries.add(first);
                });

        assertThat(complaints()).hasSize(3);
    }

    @Test
    void whatThePreviewShowsHasToBeDone() {
        run();
        entries.removeIf(entry -> entry.text().equals("START REPLICA"));

        assertThat(complaints()).singleElement().asString().contains("START REPLICA", "the log nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE USER 'r'@'%' IDENTIFIED BY 'in clear'",
                "CREATE USER 'r'@'%' IDENTIFIED WITH 'mysql_native_password' AS '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19'",
                "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = 'in clear'"
            })
    void aPasswordIsNoticed(String statement) {
        run();
        query(CONTROL, statement);

        assertThat(complaints()).anyMatch(complaint -> complaint.contains("shows a password"));
    }

    @Test
    void preparedStatementsAndOtherCommandsAreNotOverlooked() {
        run();
        entries.add(new Entry(at(11), CONTROL, "Execute", "DROP DATABASE shop"));
        entries.add(new Entry(at(11), CONTROL, "Prepare", "DELETE FROM shop.t"));
        entries.add(new Entry(at(11), CONTROL, "Shutdown", ""));

        assertThat(complaints())
                .anyMatch(complaint -> complaint.contains("DROP DATABASE shop"))
                .anyMatch(complaint -> complaint.contains("DELETE FROM"))
                .anyMatch(complaint -> complaint.contains("Shutdown"));
    }

    @Test
    void programsMayDoWhatIsInADumpAndNothingElse() {
        run();
        entries.add(new Entry(at(35), PROGRAM, "Connect", "root@127.0.0.1 on  using SSL/TLS"));
        query(
                PROGRAM,
                "SELECT CONNECTION_ID()",
                "/*!40101 SET NAMES utf8mb4 */",
                "CREATE DATABASE /*!32312 IF NOT EXISTS*/ `shop`",
                "/*!50001 CREATE VIEW `v` AS SELECT 1 AS `id`*/",
                "/*!50001 DROP VIEW IF EXISTS `v`*/",
                "INSERT INTO `t` VALUES (1,'it''s; DROP DATABASE x')");
        List<Stretch> dumped = stretches(CopyMethod.MYSQLDUMP);
        assertThat(complaints(Target.REPLICA, dumped)).isEmpty();
        assertThat(complaints()).as("in a plan without programs").isNotEmpty();

        query(PROGRAM, "DROP DATABASE shop", "CREATE USER eve", "SET GLOBAL max_connections = 5");
        assertThat(complaints(Target.REPLICA, dumped)).hasSize(3);
    }
}
