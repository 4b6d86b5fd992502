// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs in processes of their own that are killed, stopped and raced, while the source is written to. {@code -Dsluice.kill.points=all}
 * takes every record of the run, before and after it; a number takes so many of them, chosen by {@code -Dsluice.kill.seed}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ResumeIT {
    private static final String POINTS = System.getProperty("sluice.kill.points", "2");
    private static final long SEED = Long.getLong("sluice.kill.seed", 20261122);
    private static final String CHANGE_SOURCE = "OperationOpened external-mysql/enable-replication@1/change-source";

    @TempDir
    Path temporary;

    private int attempts;

    @Test
    void killedAtAnyRecordTheRunIsResumedAndNothingIsLostOrDoubledOrLeft() throws Exception {
        List<String> records = new ArrayList<>();
        List<String> undisturbed;
        try (Attempt attempt = new Attempt()) {
            Child child = attempt.start(KillPoint.NONE);
            assertThat(child.await("END")).startsWith("SUCCEEDED");
            undisturbed = attempt.finish();
            child.lines().stream()
                    .filter(line -> line.startsWith("AT ") && line.contains("/before/"))
                    .forEach(records::add);
        }
        List<KillPoint> points = chosen(records.size());
        System.out.println("KILL POINTS seed=" + SEED + " of=" + 2 * records.size() + " chosen=" + points);
        for (KillPoint point : points) {
            try (Attempt attempt = new Attempt()) {
                attempt.killAt(point);
                Child next = attempt.resume(KillPoint.NONE);
                assertThat(next.await("END")).as("killed at %s", point).startsWith("SUCCEEDED");
                assertThat(attempt.finish()).as("killed at %s", point).isEqualTo(undisturbed);
            }
        }
    }

    @Test
    void killedAtAnyRecordTheRunIsAbandonedAndBothServersAreAsBefore() throws Exception {
        int records;
        try (Attempt attempt = new Attempt()) {
            Child child = attempt.start(KillPoint.NONE);
            child.await("END");
            // What is complete is not taken back any more.
            records = child.lines().stream()
                    .filter(line -> line.startsWith("AT ") && line.endsWith("/before/StepsDone"))
                    .mapToInt(line -> KillPoint.parse(line.substring(3)).record())
                    .findFirst()
                    .orElseThrow();
        }
        List<KillPoint> points = chosen(records);
        System.out.println("KILL POINTS TO ABANDON seed=" + SEED + " of=" + 2 * records + " chosen=" + points);
        for (KillPoint point : points) {
            try (Attempt attempt = new Attempt()) {
                attempt.killAt(point);
                try (Sluice sluice = attempt.sluice(new ConcurrentLinkedQueue<>())) {
                    RunResult result = sluice.abandon(attempt.run());
                    assertThat(result.left()).as("killed at %s", point).isEmpty();
                }
                attempt.stopWriting();
                assertThat(attempt.state()).as("killed at %s", point).isEqualTo(attempt.before);
                attempt.assertNothingHeld();
            }
        }
    }

    /** The one of the plan's opening is not in the journal before it is written. */
    private static List<KillPoint> chosen(int records) {
        List<KillPoint> all = new ArrayList<>();
        for (int record = 1; record <= records; record++) {
            if (record > 1) {
                all.add(KillPoint.of(record, false));
            }
            // After the last one it has ended.
            if (record < records) {
                all.add(KillPoint.of(record, true));
            }
        }
        if (POINTS.equals("all")) {
            return all;
        }
        if (POINTS.contains("/")) {
            return List.of(KillPoint.parse(POINTS));
        }
        Collections.shuffle(all, new Random(SEED));
        return all.subList(0, Integer.parseInt(POINTS));
    }

    @Test
    void killedInTheMiddleOfTheCopyItStartsOverAndSaysSo() throws Exception {
        try (Attempt attempt = new Attempt()) {
            Child child = attempt.start(KillPoint.NONE);
            await().pollInterval(Duration.ofMillis(10))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !attempt.pair
                            .replica()
                            .query("SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'shop'")
                            .isEmpty());
            child.kill();
            attempt.findRun();

            Child next = attempt.resume(KillPoint.NONE);

            assertThat(next.await("END")).startsWith("SUCCEEDED");
            assertThat(next.lines()).anyMatch(line -> line.startsWith("EVENT CopyStartsOver") && line.contains("shop"));
            attempt.finish();
        }
    }

    @Test
    void whatIsLeftIsToldOfAndCanBeAbandonedInAnotherProcess() throws Exception {
        try (Attempt attempt = new Attempt()) {
            attempt.stopWriting();
            List<String> source = RunTraces.of(attempt.pair.source());
            List<String> replica = RunTraces.of(attempt.pair.replica());
            attempt.killAt(KillPoint.of(CHANGE_SOURCE, true));
            assertThat(RunTraces.of(attempt.pair.replica())).isNotEqualTo(replica);
            Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
            try (Sluice sluice = attempt.sluice(events)) {
                assertThat(sluice.runs())
                        .singleElement()
                        .satisfies(run -> assertThat(run.condition()).isEqualTo(RecordedRun.Condition.LEFT));
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> events.stream().anyMatch(RunEvent.RunLeft.class::isInstance));
                assertThatThrownBy(() -> sluice.resume(attempt.run(), attempt.plan.allowPlainText()))
                        .isInstanceOf(StepRefusedException.class)
                        .hasMessageContaining("CORE-659");

                RunResult result = sluice.abandon(attempt.run());

                assertThat(result.state()).isEqualTo(RunState.ABANDONED);
                assertThat(result.left()).isEmpty();
                assertThat(sluice.runs())
                        .singleElement()
                        .satisfies(run -> assertThat(run.condition()).isEqualTo(RecordedRun.Condition.ENDED));
                assertThatThrownBy(() -> sluice.resume(attempt.run())).hasMessageContaining("CORE-658");
            }
            assertThat(RunTraces.of(attempt.pair.source())).isEqualTo(source);
            assertThat(RunTraces.of(attempt.pair.replica())).isEqualTo(replica);
            attempt.assertNothingHeld();
        }
    }

    @Test
    void ofTwoProcessesThatResumeAtTheSameMomentOneGoesOn() throws Exception {
        try (Attempt attempt = new Attempt()) {
            attempt.killAt(KillPoint.of(CHANGE_SOURCE, false));

            Child one = attempt.resume(KillPoint.NONE);
            Child other = attempt.resume(KillPoint.NONE);

            List<String> ends = List.of(one.await("END"), other.await("END"));
            assertThat(ends).filteredOn(end -> end.startsWith("SUCCEEDED")).hasSize(1);
            assertThat(ends)
                    .filteredOn(end -> end.startsWith("REFUSED"))
                    .singleElement()
                    .satisfies(end -> assertThat(end).contains("CORE-655"));
            attempt.finish();
        }
    }

    /** Stopped between the record of an intent and its effect, for longer than its lease: the effect must not come any more. */
    @Tag("long")
    @Test
    void aProcessThatWakesAfterAnotherHasTakenItsRunChangesNothing() throws Exception {
        try (Attempt attempt = new Attempt()) {
            Child sleeper = attempt.start(KillPoint.of(CHANGE_SOURCE, true));
            sleeper.await("POINT");
            attempt.findRun();
            sleeper.signal("STOP");
            LockSupport.parkNanos(Duration.ofSeconds(17).toNanos());

            Child next = attempt.resume(KillPoint.NONE);
            assertThat(next.await("END")).startsWith("SUCCEEDED");
            List<String> before = RunTraces.of(attempt.pair.replica()).stream()
                    .filter(line -> !line.startsWith("channel"))
                    .toList();
            Files.createFile(attempt.folder.resolve("go"));
            sleeper.signal("CONT");

            assertThat(sleeper.await("END")).startsWith("FAILED").contains("CORE-656");
            assertThat(sleeper.lines()).noneMatch(line -> line.contains("UndoPlayed"));
            assertThat(RunTraces.of(attempt.pair.replica()).stream()
                            .filter(line -> !line.startsWith("channel"))
                            .toList())
                    .isEqualTo(before);
            attempt.finish();
        }
    }

    /** Two servers, an application that writes, a folder with journal and plan, and the processes that work there. */
    private final class Attempt implements AutoCloseable {
        private final Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        private final Path folder = temporary.resolve("attempt-" + ++attempts);
        private final ReplicationPlan plan = pair.plan().retainBinlogs(Duration.ofHours(1000));
        private final List<Child> children = new ArrayList<>();
        private final Writing writing;
        private final List<String> before;
        private String run = "";

        Attempt() throws Exception {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("plan.json"), pair.sluice().toJson(plan));
            fill(pair.source());
            writing = Writing.on(pair.source());
            before = state();
        }

        private void fill(MySqlServer source) {
            source.execute(
                    "CREATE DATABASE shop",
                    "CREATE TABLE shop.parent (id INT PRIMARY KEY, v VARCHAR(20))",
                    "INSERT INTO shop.parent VALUES (1, 'a'), (2, 'b')",
                    "CREATE TABLE shop.child (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES shop.parent (id))",
                    "INSERT INTO shop.child VALUES (1, 1), (2, 2)",
                    "CREATE TABLE shop.keyless (v INT)",
                    "INSERT INTO shop.keyless VALUES (1), (1), (2)",
                    "CREATE TABLE shop.big (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500))",
                    "INSERT INTO shop.big (v) VALUES (REPEAT('x', 500)), (REPEAT('y', 500))",
                    "CREATE VIEW shop.seen AS SELECT id FROM shop.child");
            for (int i = 0; i < 12; i++) {
                source.execute("INSERT INTO shop.big (v) SELECT v FROM shop.big");
            }
        }

        Child start(KillPoint point) throws IOException {
            Child child = Child.start(pair, folder, point);
            children.add(child);
            return child;
        }

        Child resume(KillPoint point) throws IOException {
            Child child = Child.resume(pair, folder, point, run);
            children.add(child);
            return child;
        }

        RunId run() {
            return new RunId(run);
        }

        void stopWriting() throws Exception {
            writing.stop();
        }

        /** Starts a run and kills it there; before the plan is in the journal nobody knows the run. */
        void killAt(KillPoint point) throws Exception {
            Child child = start(point);
            child.await("POINT");
            child.kill();
            findRun();
        }

        void findRun() {
            run = FileJournal.in(folder.resolve("journal")).runs().get(0).value();
        }

        Sluice sluice(Queue<RunEvent> events) {
            pair.sluice().close();
            return pair.with(builder -> builder.journal(FileJournal.in(folder.resolve("journal")))
                            .listener(events::add))
                    .sluice();
        }

        /** Compares every table when nothing is written any more, and tells what is different on the servers from before. */
        List<String> finish() throws Exception {
            writing.stop();
            assertThat(pair.compare(plan).mismatches()).isZero();
            for (String table : List.of("live.t", "shop.parent", "shop.child", "shop.keyless", "shop.big")) {
                String checksum = "CHECKSUM TABLE " + table;
                assertThat(pair.replica().query(checksum))
                        .isEqualTo(pair.source().query(checksum));
            }
            assertNothingHeld();
            assertNoSecretInTheJournal();
            TreeSet<String> changed = new TreeSet<>(state());
            changed.removeAll(before);
            return List.copyOf(changed);
        }

        private void assertNoSecretInTheJournal() throws IOException {
            try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
                for (Path file : files.toList()) {
                    assertThat(Files.readString(file))
                            .doesNotContain(pair.source().rootPassword())
                            .doesNotContain(pair.replica().rootPassword());
                }
            }
        }

        private List<String> state() {
            List<String> all = new ArrayList<>();
            RunTraces.of(pair.source()).forEach(line -> all.add("source " + line));
            RunTraces.of(pair.replica()).forEach(line -> all.add("replica " + line));
            // Positions and times differ from run to run.
            return all.stream().filter(line -> !line.contains(" channel ")).collect(Collectors.toList());
        }

        /** No session, and so no lock, no transaction, and no claim. */
        void assertNothingHeld() {
            for (MySqlServer server : List.of(pair.source(), pair.replica())) {
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(server.query(
                                        "SELECT DISTINCT PROCESSLIST_ID FROM performance_schema.session_connect_attrs"
                                                + " WHERE ATTR_NAME = 'sluice_run'"))
                                .isEmpty());
                assertThat(server.query("SELECT IS_USED_LOCK('dev.sluice.replica')")
                                .get(0)
                                .get(0))
                        .isNull();
            }
            assertThat(pair.source()
                            .query("SELECT @@GLOBAL.read_only, @@GLOBAL.super_read_only")
                            .toString())
                    .isEqualTo("[[0, 0]]");
            pair.source().execute("INSERT INTO shop.keyless VALUES (9)", "DELETE FROM shop.keyless WHERE v = 9");
        }

        @Override
        public void close() throws Exception {
            writing.close();
            for (Child child : children) {
                child.close();
            }
            pair.close();
        }
    }
}
