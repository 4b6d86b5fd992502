// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.TestServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Two servers, an application that writes to the source all the time, a folder with journal and plan, and the processes that work there and
 * are killed.
 */
final class KillAttempt implements AutoCloseable {
    private static final List<String> TABLES =
            List.of("live.t", "shop.parent", "shop.child", "shop.keyless", "shop.big");
    private static final String SESSIONS =
            "SELECT DISTINCT CONCAT('session ', PROCESSLIST_ID) FROM performance_schema.session_connect_attrs"
                    + " WHERE ATTR_NAME = 'sluice_run'";
    private static final String NAMED_LOCKS =
            "SELECT CONCAT('lock ', OBJECT_NAME) FROM performance_schema.metadata_locks"
                    + " WHERE OBJECT_TYPE = 'USER LEVEL LOCK'";
    private static final String READ_ONLY =
            "SELECT 'read-only' FROM DUAL WHERE @@GLOBAL.read_only + @@GLOBAL.super_read_only > 0";

    /** The longest that any lock may hold up writers, with room for a machine that has much else to do. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final Pair pair;
    private final Path folder;
    private final ReplicationPlan plan;
    private final List<Child> children = new ArrayList<>();
    private final Writing writing;
    private final List<String> before;
    /** The passwords that runs have made up for the replication account: only the replica knows them. */
    private final Set<String> madeUp = new HashSet<>();

    private String run = "";

    KillAttempt(Path folder) throws Exception {
        this.folder = folder;
        this.pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        this.plan = pair.plan().retainBinlogs(Duration.ofHours(1000));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("plan.json"), pair.sluice().toJson(plan));
        fill(pair.source());
        this.writing = Writing.on(pair.source());
        this.before = state();
    }

    private static void fill(MySqlServer source) {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.parent (id INT PRIMARY KEY, v VARCHAR(20))",
                "INSERT INTO shop.parent VALUES (1, 'a'), (2, 'b')",
                "CREATE TABLE shop.child (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES shop.parent (id))",
                "INSERT INTO shop.child VALUES (1, 1), (2, 2)",
                "CREATE TABLE shop.keyless (v INT)",
                "INSERT INTO shop.keyless VALUES (1), (1), (2)",
                "CREATE TABLE shop.big (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500))",
                "INSERT INTO shop.big (v) VALUES (REPEAT('x', 500)), (REPEAT('y', 500))",
                "CREATE VIEW shop.seen AS SELECT id FROM shop.child"));
        for (int i = 0; i < 12; i++) {
            statements.add("INSERT INTO shop.big (v) SELECT v FROM shop.big");
        }
        source.execute(statements.toArray(String[]::new));
    }

    MySqlServer source() {
        return pair.source();
    }

    MySqlServer replica() {
        return pair.replica();
    }

    ReplicationPlan plan() {
        return plan;
    }

    Path folder() {
        return folder;
    }

    Child start(KillPoint point) throws IOException {
        return added(Child.start(pair, folder, point));
    }

    /** One that copies so slowly that there is time to kill it meanwhile. */
    Child startSlowly() throws IOException {
        return added(Child.startSlowly(pair, folder));
    }

    Child resume(KillPoint point) throws IOException {
        return added(Child.resume(pair, folder, point, run));
    }

    private Child added(Child child) {
        children.add(child);
        return child;
    }

    RunId run() {
        return new RunId(run);
    }

    /** Starts a run and kills it there; before the plan is in the journal nobody knows the run. */
    void killAt(KillPoint point) throws Exception {
        assertThat(killIfReached(point)).as("came to %s", point).isTrue();
    }

    /** The same; whether the run came to that point at all before it ended. */
    boolean killIfReached(KillPoint point) throws Exception {
        Child child = start(point);
        boolean isReached = child.awaitEither("POINT", "END").equals("POINT");
        child.kill();
        findRun();
        return isReached;
    }

    void findRun() {
        notePassword();
        run = FileJournal.in(folder.resolve("journal")).runs().get(0).value();
    }

    /** Whether all its steps were done, so that it is not taken back any more. */
    boolean isComplete() {
        return FileJournal.in(folder.resolve("journal")).read(run()).stream()
                .anyMatch(JournalRecord.StepsDone.class::isInstance);
    }

    /** Another process's, as far as the run is concerned. */
    Sluice sluice(Queue<RunEvent> events) {
        pair.sluice().close();
        return pair.with(builder -> builder.journal(FileJournal.in(folder.resolve("journal")))
                        .listener(events::add))
                .sluice();
    }

    void stopWriting() throws Exception {
        writing.stop();
    }

    /** How the rows differ when nothing is written any more and the replica has everything. */
    RowBalance rows() throws Exception {
        writing.stop();
        LiveReplication live = pair.sluice().live(plan);
        live.awaitApplied(live.sourceNow(), Duration.ofSeconds(120));
        return RowBalance.of(pair.source(), pair.replica(), TABLES);
    }

    /** What a comparison by Sluice itself finds different. */
    long mismatches() throws Exception {
        writing.stop();
        return pair.compare(plan).mismatches();
    }

    /** What is different on the servers from before; positions and times, which differ from run to run, left out. */
    List<String> changed() {
        TreeSet<String> changed = new TreeSet<>(state());
        changed.removeAll(before);
        return List.copyOf(changed);
    }

    /** What is on the servers now and was not before, or the other way round. */
    List<String> notAsBefore() {
        List<String> now = state();
        TreeSet<String> different = new TreeSet<>(now);
        before.forEach(different::remove);
        before.stream().filter(line -> !now.contains(line)).forEach(line -> different.add("gone: " + line));
        return List.copyOf(different);
    }

    private List<String> state() {
        List<String> all = new ArrayList<>();
        RunTraces.of(pair.source()).forEach(line -> all.add("source " + line));
        RunTraces.of(pair.replica()).forEach(line -> all.add("replica " + line));
        return all.stream().filter(line -> !line.contains(" channel ")).toList();
    }

    /**
     * What the run still holds, after ten seconds in which servers may notice that sessions are gone: sessions, and with them locks,
     * transactions and claims; named locks; a read-only source; and whether writers were ever held up beyond a lock's window.
     */
    List<String> held() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        List<String> held = heldNow();
        while (!held.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            held = heldNow();
        }
        return held;
    }

    /** The longest time between two transactions of the application on the source so far. */
    Duration longestPause() {
        return writing.longestPause();
    }

    private List<String> heldNow() throws Exception {
        List<String> held = new ArrayList<>();
        for (MySqlServer server : List.of(pair.source(), pair.replica())) {
            String role = server == pair.source() ? "source: " : "replica: ";
            for (String question : List.of(SESSIONS, NAMED_LOCKS)) {
                server.query(question).forEach(row -> held.add(role + row.get(0)));
            }
        }
        pair.source().query(READ_ONLY).forEach(row -> held.add("source: " + row.get(0)));
        if (longestPause().compareTo(LONGEST_PAUSE) > 0) {
            held.add(
                    "source: writers were held up for " + writing.longestPause().toSeconds() + " s");
        }
        held.addAll(unwritable());
        return held;
    }

    private List<String> unwritable() {
        try {
            pair.source()
                    .execute(
                            "SET SESSION lock_wait_timeout = 3",
                            "INSERT INTO shop.keyless VALUES (9)",
                            "DELETE FROM shop.keyless WHERE v = 9");
            return List.of();
        } catch (TestServerException refused) {
            return List.of("source: not writable");
        }
    }

    /** Known to the replica from when it is pointed to its source until the run is taken back. */
    private void notePassword() {
        pair.replica()
                .query("SELECT User_password FROM mysql.slave_master_info WHERE User_password <> ''")
                .forEach(row -> madeUp.add(String.valueOf(row.get(0))));
    }

    /** How many of these were seen. */
    int passwordsMadeUp() {
        return madeUp.size();
    }

    /** Files of the journal in which a password stands. */
    List<String> secrets() throws IOException {
        notePassword();
        Set<String> secrets = new HashSet<>(madeUp);
        secrets.add(pair.source().rootPassword());
        secrets.add(pair.replica().rootPassword());
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("journal"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                if (secrets.stream().anyMatch(text::contains)) {
                    found.add("a secret in " + file.getFileName());
                }
            }
        }
        return found;
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
