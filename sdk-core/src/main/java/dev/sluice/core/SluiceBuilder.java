// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunReporter;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.api.spi.Engine;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.CopyThrottle;
import dev.sluice.core.copy.LiveBudget;
import dev.sluice.core.diagnosis.Diagnostician;
import dev.sluice.core.dump.DumpPrograms;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.mysql.ConnectionSource;
import dev.sluice.core.plan.Engines;
import dev.sluice.core.preflight.Preflight;
import dev.sluice.core.run.DrivenClock;
import dev.sluice.core.run.Reporting;
import dev.sluice.core.run.RetryLimits;
import dev.sluice.core.run.RunSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link Sluice} needs. Defaults: no engine; environment variables and files as secrets; a journal in files in the
 * user's home directory; at most four readers and four writers a copy; no client programs; no diagnoses; the system's clock. Not thread-safe.
 */
public final class SluiceBuilder {
    private static final Duration SHORTEST_CHECK = Duration.ofSeconds(1);
    private static final Duration LONGEST_CHECK = Duration.ofHours(1);

    private final List<Engine> engines = new ArrayList<>();
    private final Map<String, ConnectionSource> sources = new LinkedHashMap<>();
    private final List<RunListener> listeners = new ArrayList<>();
    private SecretResolver secrets = SecretResolver.standard();
    private Journal journal = Journal.inHome();
    private RunSettings runs = RunSettings.standard();
    private Clock clock = Clock.systemUTC();
    private Duration checkLimit = Preflight.DEFAULT_LIMIT;
    private @Nullable Executor executor;
    private Reporting reports = Reporting.none();
    private Diagnostician diagnosis = Diagnostician.none();

    SluiceBuilder() {}

    /**
     * Adds engines: one for each kind of server that plans name. The Sluice closes them with itself. <b>When not called:</b> none, so that
     * no plan compiles.
     */
    public SluiceBuilder engines(Engine... more) {
        engines.addAll(List.of(more));
        return this;
    }

    /**
     * Resolves the secrets of plans, at the moment of use and each time anew; called from any thread. <b>When not called:</b>
     * {@link SecretResolver#standard()}, environment variables and files.
     */
    public SluiceBuilder secrets(SecretResolver resolver) {
        this.secrets = requireNonNull(resolver, "resolver");
        return this;
    }

    /**
     * Registers the host's own way to connect, for endpoints that name it.
     *
     * @param name as endpoints give it to {@code connectingThrough(name)}
     * @throws IllegalArgumentException if another one has this name
     */
    public SluiceBuilder connectionSource(String name, ConnectionSource source) {
        if (sources.put(requireNonNull(name, "name"), requireNonNull(source, "source")) != null) {
            throw new IllegalArgumentException("Two connection sources are named " + name);
        }
        return this;
    }

    /**
     * Where runs are recorded, so that another process can go on with them or take them back; the Sluice closes it with itself. <b>When not
     * called:</b> {@link Journal#inHome()}, files in {@code .sluice/journal} of the home directory of this process's user, made by the first run
     * that starts, which is refused with {@code CORE-870} if they cannot be. In a container that directory goes with it: name a folder that lasts
     * ({@code FileJournal}) or a database ({@code JdbcJournal} of {@code sluice-journal-jdbc}). {@link Journal#inMemory()} is for tests, and for
     * runs that nobody goes on with.
     */
    public SluiceBuilder journal(Journal where) {
        this.journal = requireNonNull(where, "where");
        return this;
    }

    /** Adds one that hears of all runs, in order, on one thread a run. */
    public SluiceBuilder listener(RunListener listener) {
        listeners.add(requireNonNull(listener, "listener"));
        return this;
    }

    /**
     * Exactly so many connections that read from the source and write to the replica during a copy: {@link #copyBudget} with
     * {@link CopyBudget#fixed}. <b>Range:</b> 1 to 64 each. <b>When not called:</b> as {@link #copyBudget}.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public SluiceBuilder copyConnections(int readers, int writers) {
        return copyBudget(LiveBudget.of(CopyBudget.fixed(readers, writers)));
    }

    /**
     * What each copy may use, and for what it pauses. Keep the object: what is changed in it counts for copies that go on, too, and
     * {@code RunEvent}s say what came of it. Not for copies by {@code mysqldump}. <b>When not called:</b> at most 4 readers and 4
     * writers, as many of them as measured throughput shows to be worth it, and no other limit.
     */
    public SluiceBuilder copyBudget(LiveBudget budget) {
        return runs(budget, runs.throttle(), runs.retries(), runs.programs());
    }

    /**
     * Lets the application say when copies, and comparisons in runs, pause. Not for copies by {@code mysqldump}. <b>When not called:</b> it has no say.
     */
    public SluiceBuilder copyThrottle(CopyThrottle throttle) {
        return runs(runs.budget(), throttle, runs.retries(), runs.programs());
    }

    private SluiceBuilder runs(LiveBudget budget, CopyThrottle throttle, RetryLimits retries, DumpPrograms programs) {
        this.runs = new RunSettings(budget, throttle, retries, programs);
        return this;
    }

    /**
     * How patiently failures are tried again that surely changed nothing. <b>When not called:</b> {@link RetryLimits#DEFAULT}, eight tries
     * within about a minute.
     */
    public SluiceBuilder retries(RetryLimits limits) {
        return runs(runs.budget(), runs.throttle(), limits, runs.programs());
    }

    /**
     * What copies where a plan says {@code copyWith(CopyMethod.MYSQLDUMP)}: {@code ClientPrograms} of {@code sluice-client-programs} starts
     * {@code mysqldump} and {@code mysql}, those on this process's {@code PATH} ({@code ClientPrograms.onPath()}) or of a folder ({@code
     * ClientPrograms.in(folder)}). Preflight tells if they are missing or do not fit. <b>When not called:</b> none, so that no such plan
     * compiles ({@code CORE-883}).
     */
    public SluiceBuilder clientPrograms(DumpPrograms programs) {
        return runs(runs.budget(), runs.throttle(), runs.retries(), programs);
    }

    /**
     * Who says why a replication does not work, for {@link Sluice#diagnose} and {@link LiveReplication#diagnose()}: {@code KnownFailures.all()} of {@code
     * sluice-diagnosis}. Called again, the last one counts. <b>When not called:</b> nobody, so that these refuse at once ({@code CORE-884}).
     */
    public SluiceBuilder diagnosis(Diagnostician diagnostician) {
        this.diagnosis = requireNonNull(diagnostician, "diagnostician");
        return this;
    }

    /**
     * How long each check of a preflight may take; one that does not end in that time becomes a finding ({@code CORE-291}), as bad as what it
     * looks for. More is for servers with very many tables, whose dictionaries take long to read. <b>Range:</b> 1 s to 1 h. <b>When not
     * called:</b> 30 s.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public SluiceBuilder checkLimit(Duration each) {
        if (each.compareTo(SHORTEST_CHECK) < 0 || each.compareTo(LONGEST_CHECK) > 0) {
            throw new IllegalArgumentException("A check has 1 s to 1 h, not " + each);
        }
        this.checkLimit = each;
        return this;
    }

    /**
     * Runs each run, and each taking back of one, from its beginning to its end, which may be days: as many go on at a time as it has threads,
     * and the others wait, after their beginning was journaled. What a run does side by side (copy, verification, events to listeners) has
     * threads of its own while it goes on. A run that waits for people keeps its thread, even if all that is left is for somebody to remove
     * something; and what is chained to its completion runs on that thread, so that it must not wait for another run or for {@code abandon()}.
     * The host closes it, after this Sluice: a run that never gets its thread never ends. <b>When not called:</b> a new thread each.
     */
    public SluiceBuilder executor(Executor hosts) {
        this.executor = requireNonNull(hosts, "hosts");
        return this;
    }

    /**
     * Reports each run by this one: {@code RunReports.in(folder)} of {@code sluice-report} writes all evidence of a run when it ends, as JSON and as
     * one page. Called again, the last one counts. One that throws harms nothing but its report. <b>When not called:</b> no reports.
     */
    public SluiceBuilder reports(RunReporter reporter) {
        this.reports = Reporting.by(reporter);
        return this;
    }

    /**
     * The clock of events, journal and deadlines. A {@code dev.sluice.testing.ManualClock} lets runs on mock engines wait for nothing; with an
     * engine that reaches real servers {@link #build} refuses it. <b>When not called:</b> the system's, in UTC.
     */
    public SluiceBuilder clock(Clock time) {
        this.clock = requireNonNull(time, "time");
        return this;
    }

    /**
     * The finished Sluice. No server is connected yet. The journal is read, and runs that wait for somebody to resume or abandon them are told
     * of: as a warning in the log, and to the listeners as {@code RunEvent.RunLeft}.
     *
     * @throws dev.sluice.api.error.EngineException if two engines have one id, or one was built for another SPI
     * @throws IllegalArgumentException if a test's clock would hurry real servers; see {@link #clock}
     */
    public Sluice build() {
        DrivenClock.requireMocksOnly(clock, engines);
        return new Sluice(new SluiceSettings(
                Engines.of(engines),
                secrets,
                sources,
                journal,
                runs,
                clock,
                checkLimit,
                executor,
                reports,
                diagnosis,
                listeners));
    }
}
