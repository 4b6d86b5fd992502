// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.copy.CopyCode;
import dev.sluice.core.copy.DumpCopy;
import dev.sluice.core.copy.DumpReport;
import dev.sluice.core.dump.DumpCode;
import dev.sluice.core.dump.DumpListener;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.core.snapshot.SnapshotMoment;
import dev.sluice.core.verify.Consistency;
import dev.sluice.core.verify.Verifier;
import dev.sluice.core.verify.VerifyRequest;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With real programs between real servers. */
@Tag("long")
@Timeout(180)
class DumpAndLoadIT {
    private static final String HOSTILE = "-h`; DROP DATABASE shop; # touch";

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(programs()).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(Thread::isAlive)
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("sluice-m") || name.startsWith("sluice-dump")))
                .isEmpty();
        assertThat(optionFiles()).isEmpty();
    }

    private static List<ProcessHandle> programs() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").matches(".*/(mysqldump|mysql)"))
                .toList();
    }

    private static List<Path> optionFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("sluice-dump-"))
                    .toList();
        }
    }

    private static void shop(MySqlServer source, int kilobytes) {
        source.execute(
                "CREATE DATABASE shop CHARACTER SET latin1 COLLATE latin1_german1_ci",
                "CREATE TABLE shop.counters (id INT PRIMARY KEY, n BIGINT NOT NULL)",
                "INSERT INTO shop.counters VALUES (1, 0), (2, 0), (3, 0)",
                "CREATE TABLE shop.log (id BIGINT AUTO_INCREMENT PRIMARY KEY, at DATETIME(6), body TEXT, u VARCHAR(20)"
                        + " CHARACTER SET utf8mb4, j JSON, b VARBINARY(20), p POINT, bits BIT(9),"
                        + " g INT AS (CHAR_LENGTH(u)) VIRTUAL)",
                "INSERT INTO shop.log (at, body, u, j, b, p, bits) VALUES (NOW(6), REPEAT('x', 1000), '\uD83D\uDE00é',"
                        + " '{\"a\": [1, \"ß\"]}', x'00090A0D5C271A22', POINT(1, 2), b'101')",
                "CREATE VIEW shop.totals AS SELECT SUM(n) AS n FROM shop.counters",
                "CREATE PROCEDURE shop.p() /* stays */ BEGIN /* too */ SELECT ';;', 1; END",
                "CREATE TRIGGER shop.t BEFORE INSERT ON shop.log FOR EACH ROW SET NEW.at = COALESCE(NEW.at, NOW(6))",
                "CREATE EVENT shop.e ON SCHEDULE EVERY 1 SECOND DO INSERT INTO shop.log (u) VALUES ('never')",
                "ALTER EVENT shop.e DISABLE",
                "CREATE EVENT shop.later ON SCHEDULE AT '2037-01-01 00:00:00' DO DO 0");
        for (int size = 1; size < kilobytes; size *= 2) {
            source.execute("INSERT INTO shop.log (at, body, u) SELECT NOW(6), body, u FROM shop.log");
        }
    }

    private static VerificationReport compare(DumpPair pair, String... databases) {
        return new Verifier()
                .verify(
                        DumpPair.connector(pair.source()),
                        DumpPair.connector(pair.replica()),
                        VerifyRequest.of(DumpPair.scope(databases), Consistency.STANDING_STILL)
                                .within(Duration.ofMinutes(2)),
                        VerifyListener.NONE,
                        new Cancellation());
    }

    /** Increments and inserts: what is done twice or not at all shows, or stops the replica. */
    private static Thread writer(MySqlServer source, AtomicBoolean stop, AtomicLong transactions) {
        Thread thread = new Thread(() -> {
            try (Connection connection = source.connect();
                    Statement statement = connection.createStatement()) {
                while (!stop.get()) {
                    statement.execute("UPDATE shop.counters SET n = n + 1 WHERE id = 1 + " + transactions.get() % 3);
                    statement.execute("INSERT INTO shop.log (body) VALUES ('new')");
                    transactions.incrementAndGet();
                }
            } catch (SQLException broken) {
                throw new IllegalStateException(broken);
            }
        });
        thread.start();
        return thread;
    }

    @ParameterizedTest
    @EnumSource(
            value = MySqlRelease.class,
            names = {"MYSQL_5_7", "MYSQL_8_0_33"})
    void aCopyUnderAWriterIsWhatReplicationGoesOnFrom(MySqlRelease release) throws Exception {
        Queue<Problem> warnings = new ConcurrentLinkedQueue<>();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong transactions = new AtomicLong();
        try (DumpPair pair = new DumpPair(release, MySqlRelease.MYSQL_8_0_33);
                DumpCopy copy = pair.dump(warningsTo(warnings), "shop", HOSTILE)) {
            shop(pair.source(), 20_000);
            pair.source()
                    .execute(
                            "CREATE DATABASE `" + HOSTILE.replace("`", "``") + "`",
                            "CREATE TABLE `" + HOSTILE.replace("`", "``") + "`.`a\n\\\\! touch\n.` (f FLOAT)");
            Thread writer = writer(pair.source(), stop, transactions);
            SnapshotMoment moment = pair.hold(copy, new Cancellation());
            long atLock = transactions.get();
            DumpReport report = copy.load(created -> {}, new Cancellation());
            long atEnd = transactions.get();
            stop.set(true);
            writer.join();

            assertThat(atEnd).isGreaterThan(atLock);
            assertThat(report.bytes()).isGreaterThan(10_000_000);
            assertThat(report.rows()).isGreaterThan(16_000);
            assertThat(warnings).extracting(Problem::code).containsOnly(DumpCode.LOSES_DIGITS);
            assertThat(pair.replica().query("SELECT STATUS FROM information_schema.EVENTS ORDER BY EVENT_NAME"))
                    .isEqualTo(List.of(List.of("DISABLED"), List.of("SLAVESIDE_DISABLED")));
            follow(pair, moment);
            VerificationReport comparison = compare(pair, "shop", HOSTILE);
            assertThat(comparison.structure()).isEmpty();
            assertThat(comparison.isClean()).as(comparison.toString()).isTrue();
        }
    }

    private static DumpListener warningsTo(Queue<Problem> warnings) {
        return new DumpListener() {
            @Override
            public void warning(Problem problem) {
                warnings.add(problem);
            }
        };
    }

    /** Replicates from the coordinates to the source's present. */
    private static void follow(DumpPair pair, SnapshotMoment moment) {
        BinlogPosition at = moment.coordinates().position();
        List<String> end = pair.source().query("SHOW MASTER STATUS").get(0).stream()
                .map(String::valueOf)
                .toList();
        pair.replica()
                .execute(
                        "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = "
                                + pair.source().port() + ", SOURCE_USER = '"
                                + pair.source().rootUser() + "', SOURCE_PASSWORD = '"
                                + pair.source().rootPassword() + "', SOURCE_LOG_FILE = '" + at.file()
                                + "', SOURCE_LOG_POS = " + at.position() + ", GET_SOURCE_PUBLIC_KEY = 1",
                        "START REPLICA");
        assertThat(pair.replica()
                        .query("SELECT SOURCE_POS_WAIT('" + end.get(0) + "', " + end.get(1) + ", 60) IS NOT NULL"))
                .isEqualTo(List.of(List.of("1")));
        pair.replica().execute("STOP REPLICA");
    }

    @Test
    void aTransactionIsSeenAlsoIfTheFirstLookCameTooEarly() throws SQLException {
        try (DumpPair pair = DumpPair.of8033();
                ProgramSession look = ProgramSession.watch(DumpPair.connector(pair.source()), "mysqldump");
                Connection connection = pair.source().connect();
                Statement statement = connection.createStatement()) {
            long id = Long.parseLong(String.valueOf(pair.source()
                    .query("SELECT MAX(ID) FROM information_schema.PROCESSLIST" + " WHERE ID <> CONNECTION_ID()")
                    .get(0)
                    .get(0)));
            assertThat(look.hasSnapshot(id)).isFalse();
            statement.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            assertThat(new Cancellation().sleep(ProgramSession.BETWEEN_LOOKS)).isTrue();
            assertThat(look.hasSnapshot(id)).isTrue();
        }
    }

    @Test
    void aWrongPasswordOnTheSourceEndsTheSnapshot() {
        try (DumpPair pair = DumpPair.of8033()) {
            shop(pair.source(), 1);
            pair.wrongPasswordOnSource();
            try (DumpCopy copy = pair.dump(DumpListener.SILENT, "shop")) {
                assertThatThrownBy(() -> pair.hold(copy, new Cancellation()))
                        .isInstanceOfSatisfying(
                                StepRefusedException.class,
                                e -> assertThat(e.code()).isEqualTo(ProgramCode.DUMP_FAILED))
                        .hasMessageContaining("Access denied")
                        .hasMessageNotContaining("wrong-password");
            }
            pair.source().execute("INSERT INTO shop.counters VALUES (9, 9)");
        }
    }

    @Test
    void aWrongPasswordOnTheReplicaEndsTheLoad() {
        try (DumpPair pair = DumpPair.of8033()) {
            shop(pair.source(), 1);
            pair.wrongPasswordOnReplica();
            assertFails(pair, DumpListener.SILENT, StepRefusedException.class, ProgramCode.LOAD_FAILED)
                    .contains("Access denied")
                    .doesNotContain("wrong-password");
        }
    }

    @Test
    void aKilledDumpIsNotTakenForAWholeOne() {
        try (DumpPair pair = DumpPair.of8033()) {
            shop(pair.source(), 20_000);
            assertFails(
                            pair,
                            onFirstBytes(() -> kill("mysqldump")),
                            StepOutcomeUnknownException.class,
                            ProgramCode.DUMP_FAILED)
                    .contains("status 137");
        }
    }

    @Test
    void aKilledLoadFails() {
        try (DumpPair pair = DumpPair.of8033()) {
            shop(pair.source(), 20_000);
            assertFails(
                    pair,
                    onFirstBytes(() -> kill("mysql")),
                    StepOutcomeUnknownException.class,
                    ProgramCode.LOAD_FAILED);
        }
    }

    @Test
    void anObjectThatTheReplicaHasAlreadyIsNotTouched() {
        try (DumpPair pair = DumpPair.of8033()) {
            shop(pair.source(), 20_000);
            pair.replica().execute("CREATE DATABASE shop", "CREATE PROCEDURE shop.p() SELECT 'mine'");
            assertFails(pair, DumpListener.SILENT, StepRefusedException.class, CopyCode.ALREADY_THERE)
                    .contains("procedure shop.p");
            assertThat(pair.replica()
                            .query("SELECT ROUTINE_DEFINITION FROM information_schema.ROUTINES"
                                    + " WHERE ROUTINE_SCHEMA = 'shop'"))
                    .isEqualTo(List.of(List.of("SELECT 'mine'")));
        }
    }

    @Test
    void noPasswordIsInArgumentsOrEnvironmentOfTheProgramsAndTheirFilesAreGone() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (DumpPair pair = DumpPair.of8033();
                DumpCopy copy = pair.dump(onFirstBytes(() -> seen.addAll(argumentsAndEnvironments())), "shop")) {
            shop(pair.source(), 1_000);
            pair.hold(copy, new Cancellation());
            copy.load(created -> {}, new Cancellation());
        }
        assertThat(seen).hasSize(3).last().asString().isEqualTo("[]");
        assertThat(seen).noneMatch(text -> text.contains("s3cret"));
        assertThat(seen)
                .filteredOn(text -> text.contains("--single-transaction"))
                .hasSize(1);
        assertThat(seen).filteredOn(text -> text.contains("--binary-mode")).hasSize(1);
    }

    private static List<String> argumentsAndEnvironments() {
        Stream<String> processes = programs().stream().map(process -> {
            try {
                return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                        + Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        });
        try {
            return Stream.concat(processes, Stream.of(optionFiles().toString())).toList();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void cancellingLeavesNoProcessAndNoSession() {
        Cancellation cancellation = new Cancellation();
        try (DumpPair pair = DumpPair.of8033();
                DumpCopy copy = pair.dump(onFirstBytes(cancellation::cancel), "shop")) {
            shop(pair.source(), 20_000);
            pair.hold(copy, cancellation);
            long began = System.nanoTime();
            assertThatThrownBy(() -> copy.load(created -> {}, cancellation)).isInstanceOf(CancelledException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            for (MySqlServer server : List.of(pair.source(), pair.replica())) {
                assertThat(server.query(
                                "SELECT INFO FROM information_schema.PROCESSLIST WHERE USER = '" + DumpPair.USER + "'"))
                        .isEmpty();
            }
        }
    }

    @Test
    void aDumpThatIsNeverLoadedEndsWithItsOwner() {
        try (DumpPair pair = DumpPair.of8033();
                DumpCopy copy = pair.dump(DumpListener.SILENT, "shop")) {
            shop(pair.source(), 20_000);
            pair.hold(copy, new Cancellation());
            assertThat(programs()).hasSize(1);
        }
    }

    private static AbstractStringAssert<?> assertFails(
            DumpPair pair, DumpListener listener, Class<? extends StepException> type, ErrorCode code) {
        try (DumpCopy copy = pair.dump(listener, "shop")) {
            pair.hold(copy, new Cancellation());
            StepException failure = catchThrowableOfType(type, () -> copy.load(created -> {}, new Cancellation()));
            assertThat(failure).isNotNull();
            assertThat(failure.code()).isEqualTo(code);
            return assertThat(failure.getMessage());
        }
    }

    private static void kill(String program) {
        programs().stream()
                .filter(process -> process.info().command().orElse("").endsWith("/" + program))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static DumpListener onFirstBytes(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return new DumpListener() {
            @Override
            public void progress(long bytes) {
                if (done.compareAndSet(false, true)) {
                    action.run();
                }
            }
        };
    }
}
