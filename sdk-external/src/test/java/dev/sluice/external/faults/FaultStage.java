// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.LostServer;
import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.LiveBudget;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.run.RetryLimits;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.external.TwoServers;
import dev.sluice.testing.front.FaultFront;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Two real servers, each reached through a front by the run, and the source through one more by the replica; eight megabytes to copy; a
 * Sluice that gives a server up after some seconds; and one run, whose events are kept.
 */
final class FaultStage implements AutoCloseable {
    static final String RETENTION = "86400";

    /** Five tries of a batch wait thirty seconds each for somebody's lock; a server that says nothing is given up after three minutes. */
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    private static final String ADMIN = "migrator";
    private static final String PASSWORD = "Migrate-as-1-of-2";

    /** Two seconds to copy, so that there is a middle to strike. */
    private static final CopyBudget SLOW = CopyBudget.fixed(2, 2).bytesPerSecond(2_000_000);

    private final TwoServers servers;
    private final FaultFront toSource;
    private final FaultFront toReplica;
    private final FaultFront link;
    private final LiveBudget budget = LiveBudget.of(SLOW);
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();
    private final Path journal;
    private Supplier<Journal> journals;
    private final NothingLeft nothingLeft;
    private Sluice sluice;
    private final AtomicBoolean held = new AtomicBoolean();
    private UnaryOperator<ReplicationPlan> change = plan -> plan;

    FaultStage() {
        this(options -> options);
    }

    FaultStage(UnaryOperator<ServerOptions> replicaOptions) {
        this.servers = TwoServers.borrow(
                MySqlRelease.MYSQL_8_0_31,
                options -> options.gtid().setting("binlog_expire_logs_seconds", RETENTION),
                MySqlRelease.MYSQL_8_0_31,
                options -> replicaOptions.apply(options.gtid()));
        this.toSource = FaultFront.to(source().host(), source().port());
        this.toReplica = FaultFront.to(replica().host(), replica().port());
        this.link = FaultFront.to(source().host(), source().port());
        fill(source());
        admin(source());
        admin(replica());
        passwords.put("source", PASSWORD);
        passwords.put("replica", PASSWORD);
        this.journal = newFolder();
        this.journals = () -> FileJournal.in(journal);
        this.sluice = newSluice();
        this.nothingLeft = NothingLeft.since(source(), replica());
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("sluice-faults");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Sluice newSluice() {
        return Sluice.builder()
                .engines(ExternalEngine.create())
                .secrets(SecretResolver.withNamed(passwords::get))
                .journal(journals.get())
                .copyBudget(budget)
                .copyThrottle(() -> held.get() ? Optional.of("the test says so") : Optional.empty())
                .retries(new RetryLimits(8, Duration.ofMillis(200), Duration.ofSeconds(2)))
                .build();
    }

    /** Records runs there instead of in files. */
    FaultStage recording(Supplier<Journal> where) {
        journals = where;
        redeploy();
        return this;
    }

    /** Closes the Sluice as a deploy does, and has another one from then on. */
    void redeploy() {
        sluice.close();
        sluice = newSluice();
    }

    private static void fill(MySqlServer source) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.small (id INT PRIMARY KEY, v VARCHAR(20))",
                "INSERT INTO shop.small VALUES (1, 'a'), (2, 'b')",
                "CREATE TABLE shop.big (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500))",
                "INSERT INTO shop.big (v) VALUES (REPEAT('x', 500)), (REPEAT('y', 500))");
        for (int i = 0; i < 13; i++) {
            source.execute("INSERT INTO shop.big (v) SELECT v FROM shop.big");
        }
    }

    /** Not root, who has a connection in reserve and whose password the servers' owner needs. */
    private static void admin(MySqlServer server) {
        server.execute(
                "SET SESSION sql_log_bin = 0",
                "CREATE USER " + ADMIN + " IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT ALL ON *.* TO " + ADMIN + " WITH GRANT OPTION");
    }

    /** Gives the run's account on the source another password, and tells it to nobody. */
    void changePasswordOnSource(String password) {
        source().execute("ALTER USER " + ADMIN + " IDENTIFIED BY '" + password + "'");
    }

    /** The same on the replica, as the host does not know yet either. */
    void changePasswordOnReplica(String password) {
        replica().execute("SET SESSION sql_log_bin = 0", "ALTER USER " + ADMIN + " IDENTIFIED BY '" + password + "'");
    }

    /** The host learns of the other password. */
    void tellPasswordOfReplica(String password) {
        passwords.put("replica", password);
    }

    /** From now on another server answers where the replica did, and knows the same login. */
    void replaceReplicaBy(MySqlServer other) {
        admin(other);
        toReplica.redirect(other.host(), other.port());
        toReplica.cut();
    }

    /** The replica answers again. */
    void replicaIsBack() {
        toReplica.redirect(replica().host(), replica().port());
        toReplica.cut();
    }

    /** The same for a source; it does not take back the one that it replaces. */
    void replaceSourceBy(MySqlServer other) {
        admin(other);
        toSource.redirect(other.host(), other.port());
        toSource.cut();
    }

    /** The host learns of the other password. */
    void tellPasswordOfSource(String password) {
        passwords.put("source", password);
    }

    MySqlServer source() {
        return servers.source();
    }

    MySqlServer replica() {
        return servers.replica();
    }

    /** Between the run and the source. */
    FaultFront toSource() {
        return toSource;
    }

    /** Between the run and the replica. */
    FaultFront toReplica() {
        return toReplica;
    }

    /** Between the replica and its source. */
    FaultFront link() {
        return link;
    }

    /** What is different from the ordinary plan. */
    FaultStage with(UnaryOperator<ReplicationPlan> more) {
        change = more;
        return this;
    }

    private ReplicationPlan plan() {
        ExternalMySql source = endpoint(toSource, "source").reachableByReplicaAt(link.host(), link.port());
        return change.apply(ReplicationPlan.from(source)
                .to(endpoint(toReplica, "replica"))
                .withGtid()
                .databases("shop")
                .allowReplicaBinlogReset()
                .retainBinlogs(Duration.ofHours(48)));
    }

    private static ExternalMySql endpoint(FaultFront front, String secret) {
        return ExternalMySql.at(front.host(), front.port()).credentials(ADMIN, Secret.named(secret));
    }

    ReplicationRun start() {
        return sluice.start(sluice.compile(plan()), heard::add);
    }

    /** Starts a run that has copied some rows when this returns, and goes on copying for some seconds. */
    ReplicationRun startAndAwaitCopying() {
        ReplicationRun run = start();
        awaitEvent(event -> event instanceof RunEvent.Progress progress && progress.rows() > 0);
        return run;
    }

    /** Starts a run that waits before this row when this returns. */
    ReplicationRun startAndPauseBefore(GuideStep row) {
        UnaryOperator<ReplicationPlan> before = change;
        change = plan -> before.apply(plan).pauseBefore(row);
        budget.change(CopyBudget.atMost(4, 4));
        ReplicationRun run = start();
        await().atMost(PATIENCE).until(() -> run.status().state() == RunState.PAUSED);
        return run;
    }

    /** Lets no row be copied yet. */
    void holdCopy() {
        held.set(true);
    }

    /** Lets rows be copied. */
    void letCopy() {
        held.set(false);
    }

    void awaitEvent(Predicate<RunEvent> expected) {
        await().atMost(PATIENCE).until(() -> heard.stream().anyMatch(expected));
    }

    /** Which undos were played, by their purposes. */
    List<String> undone() {
        return heard.stream()
                .filter(RunEvent.UndoPlayed.class::isInstance)
                .map(event -> ((RunEvent.UndoPlayed) event).purpose())
                .toList();
    }

    /** How many operations have begun. */
    long operations() {
        return heard.stream()
                .filter(RunEvent.OperationStarted.class::isInstance)
                .count();
    }

    /** The sessions of the run that wait for somebody on a server, each with its statement. */
    static List<String> waiting(MySqlServer server) {
        return server
                .query(
                        "SELECT PROCESSLIST_ID, PROCESSLIST_STATE, PROCESSLIST_INFO FROM performance_schema.threads WHERE PROCESSLIST_USER = '"
                                + ADMIN
                                + "' AND PROCESSLIST_COMMAND = 'Query' AND PROCESSLIST_STATE LIKE 'Waiting for%'")
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** The run is cancelled, with all that it did undone. */
    void awaitCancelled(ReplicationRun run) throws Exception {
        RunResult result = run.completion().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(result.state()).as("%s", result).isEqualTo(RunState.CANCELLED);
        assertThat(result.left()).isEmpty();
        nothingLeft.afterAbandon();
    }

    /** That something was tried again, with this code. */
    void assertRetried(String code) {
        assertThat(heard)
                .anyMatch(event -> event instanceof RunEvent.RetryScheduled retry
                        && retry.problem().code().id().equals(code));
    }

    /** That the run warned, with this code. */
    void assertWarned(String code) {
        assertThat(heard)
                .anyMatch(event -> event instanceof RunEvent.Warning warning
                        && warning.problem().code().id().equals(code));
    }

    /** The end of a run that fails, with one of these codes; it holds nothing on the source then. */
    RunResult awaitFailure(ReplicationRun run, String... codes) throws Exception {
        RunResult result = passPauses(run);
        assertThat(result.state()).as("%s", result).isEqualTo(RunState.FAILED);
        assertThat(result.problem().orElseThrow().code().id())
                .as("%s", result.problem())
                .isIn((Object[]) codes);
        return result;
    }

    /** Goes on with the run, which succeeds, and leaves nothing but what it was for. */
    void resumeToTheEnd(ReplicationRun run) throws Exception {
        resume(run, true);
    }

    /** The same for a run whose copy was done. */
    void resumeWithoutCopying(ReplicationRun run) throws Exception {
        resume(run, false);
    }

    private void resume(ReplicationRun run, boolean startsOver) throws Exception {
        resumeAnyway(run);
        assertThat(heard.stream().anyMatch(RunEvent.CopyStartsOver.class::isInstance))
                .as("starts over")
                .isEqualTo(startsOver);
    }

    /** Goes on with the run, wherever it was. */
    void resumeAnyway(ReplicationRun run) throws Exception {
        budget.change(CopyBudget.atMost(4, 4));
        heard.clear();
        RunResult result = passPauses(sluice.resume(run.id(), heard::add));
        assertThat(result.state()).as("%s", result).isEqualTo(RunState.SUCCEEDED);
        nothingLeft.afterSuccess();
    }

    private static RunResult passPauses(ReplicationRun run) throws Exception {
        var ended = run.completion().toCompletableFuture();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (run.status().state() == RunState.PAUSED) {
                run.proceed();
            }
            return ended.isDone();
        });
        return ended.get();
    }

    /** Goes on with the run, which fails in the same way again. */
    void resumeInVain(ReplicationRun run, String code) throws Exception {
        awaitFailure(sluice.resume(run.id(), heard::add), code);
    }

    /** The run succeeds as it is, and leaves nothing but what it was for. */
    void awaitSuccess(ReplicationRun run) throws Exception {
        budget.change(CopyBudget.atMost(4, 4));
        RunResult result = passPauses(run);
        assertThat(result.state()).as("%s", result).isEqualTo(RunState.SUCCEEDED);
        nothingLeft.afterSuccess();
    }

    /** Takes the run back, after which both servers are as they were. */
    void abandon(ReplicationRun run) throws Exception {
        RunResult result = sluice.abandon(run.id());
        assertThat(result.state()).as("%s", result).isEqualTo(RunState.ABANDONED);
        assertThat(result.left()).isEmpty();
        nothingLeft.afterAbandon();
    }

    /** Goes on with a cancel that did not come to its end, after which both servers are as they were. */
    void takeRestBack(ReplicationRun run) throws Exception {
        RunResult result = sluice.abandon(run.id());
        assertThat(result.state()).as("%s", result).isEqualTo(RunState.CANCELLED);
        assertThat(result.left()).isEmpty();
        nothingLeft.afterAbandon();
    }

    /** Takes the run back without a server that is gone. */
    RunResult abandonWithout(ReplicationRun run, LostServer lost) throws Exception {
        RunResult result = sluice.abandonWithout(run.id(), lost);
        assertThat(result.state()).as("%s", result).isEqualTo(RunState.ABANDONED);
        assertThat(sluice.runs()).allMatch(known -> known.condition() == RecordedRun.Condition.ENDED);
        return result;
    }

    /** The source is as it was before the run, whatever became of the replica. */
    void assertSourceAsBefore() {
        nothingLeft.onSource();
    }

    /** The same of the replica. */
    void assertReplicaAsBefore() {
        nothingLeft.onReplica();
    }

    /** Also after a failure, and before anything is resumed or abandoned. */
    void assertNothingHeld() {
        nothingLeft.nothingHeld();
    }

    @Override
    public void close() {
        sluice.close();
        link.close();
        toReplica.close();
        toSource.close();
        servers.close();
        deleteJournal();
    }

    private void deleteJournal() {
        try (Stream<Path> all = Files.walk(journal)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
