// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.estimate.CopyEstimate;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.CheckDescription;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.privileges.AccountName;
import dev.sluice.api.privileges.PrivilegeScript;
import dev.sluice.api.run.LostServer;
import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.spi.Engine;
import dev.sluice.core.json.Json;
import dev.sluice.core.plan.CompiledDraft;
import dev.sluice.core.plan.CompiledPlanCodec;
import dev.sluice.core.plan.PlanCodec;
import dev.sluice.core.plan.PlanCompiler;
import dev.sluice.core.preflight.PrivilegeScripts;
import dev.sluice.core.preflight.ServerRules;
import dev.sluice.core.preflight.Skipping;
import dev.sluice.core.run.Comparisons;
import dev.sluice.core.run.Connectors;
import dev.sluice.core.run.DiagnosedServers;
import dev.sluice.core.run.FactsGatherer;
import dev.sluice.core.run.KnownRuns;
import dev.sluice.core.run.LiveServers;
import dev.sluice.core.run.Monitors;
import dev.sluice.core.run.OpenRuns;
import dev.sluice.core.run.PlanServers;
import dev.sluice.core.run.Reporting;
import dev.sluice.core.run.RunCode;
import dev.sluice.core.run.RunHandle;
import dev.sluice.core.run.RunHost;
import dev.sluice.core.run.RunThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a host application begins: compiles plans, checks them, and runs them. One object serves any number of plans and runs.
 *
 * <pre>{@code
 * try (Sluice sluice = Sluice.builder().engines(ExternalEngine.create()).build()) {
 *     CompiledPlan compiled = sluice.compile(plan);
 *     System.out.println(compiled.explain());
 *     sluice.preflight(compiled).orThrow();
 *     RunResult result = sluice.start(compiled).await();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Sluice implements AutoCloseable {
    /** How long {@link #close()} waits for its runs to let go of their servers. */
    public static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final SluiceSettings settings;
    private final Connectors connectors;
    private final PlanCompiler compiler;
    private final OpenRuns runs;
    private final Monitors monitors;
    private final Comparisons comparisons = new Comparisons();

    Sluice(SluiceSettings settings) {
        this.settings = settings;
        this.runs = new OpenRuns(new RunThreads(settings.executor()));
        this.connectors = new Connectors(settings.engines(), settings.secrets(), settings.connectionSources());
        this.monitors = new Monitors(connectors, settings.clock());
        this.compiler = new PlanCompiler(
                settings.engines(), new ServerRules(), settings.runs().programs());
        known().tellOfLeft(settings.listeners());
    }

    /** Collects what a Sluice needs: at least the engines. */
    public static SluiceBuilder builder() {
        return new SluiceBuilder();
    }

    /**
     * A builder with every engine that the class path offers: the class loader of the calling thread is asked for
     * {@link dev.sluice.api.spi.EngineProvider}s. These engines have no credentials; an engine that needs some is named by {@link #builder()}
     * instead.
     *
     * @throws dev.sluice.api.error.EngineException if there is none, one cannot be made, or two have one id
     */
    public static SluiceBuilder discover() {
        return builder().engines(EngineDiscovery.onClassPath().toArray(Engine[]::new));
    }

    /**
     * Asks both servers about themselves, read-only, and compiles the plan for them.
     *
     * @throws PlanRejectedException with every problem that was found: servers out of reach, wrong passwords, and everything that
     *     makes the plan impossible or needs a consent that it does not give
     */
    public CompiledPlan compile(Plan plan) {
        FactsGatherer.Both facts = new FactsGatherer(connectors).ask(plan);
        CompiledDraft draft = compiler.draft(plan, facts.source(), facts.replica());
        // Whoever is refused anyway is told at once what the preflight would find afterwards.
        return draft.problems().isEmpty()
                ? draft.compiled()
                : draft.with(preflight(draft.compiled()).errors()).orThrow();
    }

    /**
     * Compiles a plan for servers that are as these facts say; asks no server.
     *
     * @param source null only for an end plan that has no source
     * @throws PlanRejectedException with every problem that was found
     */
    public CompiledPlan compile(Plan plan, @Nullable ServerFacts source, ServerFacts replica) {
        return compiler.compile(plan, source, replica);
    }

    /**
     * Looks at both servers for everything that would go wrong, but for what the plan leaves out ({@link ReplicationPlan#skipChecks}). Reads
     * only. Checks are made side by side, on up to four connections to each server, and each has 30 s, or what {@link SluiceBuilder#checkLimit}
     * says; a server out of reach and a check that fails are findings, no exceptions.
     *
     * @return all findings; {@link PreflightReport#orThrow()} makes errors an exception
     */
    public PreflightReport preflight(CompiledPlan compiled) {
        return new PreflightRunner(connectors, settings.runs(), settings.clock(), settings.checkLimit()).run(compiled);
    }

    /** Everything that plans are judged by, core's own first, then what the engines look at: what {@link ReplicationPlan#skipChecks} knows. */
    public List<CheckDescription> checks() {
        return compiler.checks();
    }

    /** A report as JSON, for programs: {@link PreflightReport#toDocument()}. */
    public String toJson(PreflightReport report) {
        return Json.writePretty(report.toDocument());
    }

    /**
     * What the copy of a compiled plan will take: rows, bytes, time, and for how long the source has to keep its binary logs. Reads statistics and
     * some million bytes of rows on the source, for a few seconds, and sends them to the replica into a temporary table of one session. Changes
     * nothing. To have the retention set by it, compile the plan that {@link CopyEstimate#retaining} gives.
     *
     * @throws IllegalArgumentException if the plan sets no replication up
     * @throws dev.sluice.api.error.StepException if the source cannot be read
     */
    public CopyEstimate estimate(CompiledPlan compiled) {
        return new EstimateRunner(connectors, settings.runs(), settings.clock()).run(compiled);
    }

    /**
     * The statements that create the accounts of a plan, with exactly the privileges that it needs. Compile the plan by accounts that may do
     * everything, have the script run, and put its logins into the plan. Reads only: asks the servers for whom the objects that are copied, or
     * the events that are enabled, were defined.
     *
     * @throws dev.sluice.api.error.StepException if a server does not tell that
     */
    public PrivilegeScript privileges(CompiledPlan compiled) {
        return privilegeScript(compiled, null, null);
    }

    /**
     * The same for logins of other names than those that the plan was compiled with.
     *
     * @param sourceLogin the account by which Sluice is to log in to the source; not used if the plan has no source
     * @param replicaLogin the same on the replica
     * @throws dev.sluice.api.error.StepException as {@link #privileges(CompiledPlan)}
     */
    public PrivilegeScript privileges(CompiledPlan compiled, AccountName sourceLogin, AccountName replicaLogin) {
        return privilegeScript(compiled, sourceLogin, replicaLogin);
    }

    private PrivilegeScript privilegeScript(
            CompiledPlan compiled, @Nullable AccountName sourceLogin, @Nullable AccountName replicaLogin) {
        return new PrivilegeScripts(settings.engines())
                .write(
                        compiled,
                        sourceLogin,
                        replicaLogin,
                        new PlanServers(
                                connectors,
                                compiled,
                                settings.runs().programs(),
                                settings.runs().budget().now()));
    }

    /**
     * Checks a compiled plan and starts a run of it, which goes on by itself until it has ended, is cancelled, or this Sluice is closed.
     *
     * @param listeners hear of this run only, after those of the builder
     * @return the run, which has begun
     * @throws PlanRejectedException if preflight finds errors, or if the servers have changed so that the plan would now do
     *     something else; nothing was changed
     * @throws IllegalStateException if this Sluice is closed
     */
    public ReplicationRun start(CompiledPlan compiled, RunListener... listeners) {
        return startChecked(compiled, preflight(compiled).orThrow(), listeners);
    }

    /**
     * Starts a run without another preflight.
     *
     * @param report a preflight of this very plan that passed, not older than ten minutes
     * @param listeners hear of this run only, after those of the builder
     * @return the run, which has begun
     * @throws IllegalArgumentException if the report is another plan's, leaves checks out that this one does not, or is too old
     * @throws IllegalStateException if this Sluice is closed
     * @throws PlanRejectedException if the report holds errors, or if the servers have changed so that the plan would now do
     *     something else; nothing was changed
     */
    public ReplicationRun start(CompiledPlan compiled, PreflightReport report, RunListener... listeners) {
        if (!report.fingerprint().equals(compiled.fingerprint())) {
            throw new IllegalArgumentException("The preflight report is of another plan: " + report.fingerprint());
        }
        if (!Skipping.of(compiled.plan()).ids().containsAll(report.skipped())) {
            throw new IllegalArgumentException("The preflight report leaves checks out that this plan does not: "
                    + String.join(", ", report.skipped()));
        }
        if (report.takenAt()
                .plus(Duration.ofMinutes(10))
                .isBefore(settings.clock().instant())) {
            throw new IllegalArgumentException("The preflight report is older than ten minutes: " + report.takenAt());
        }
        return startChecked(compiled, report.orThrow(), listeners);
    }

    private ReplicationRun startChecked(CompiledPlan compiled, PreflightReport report, RunListener... listeners) {
        refuseDrift(compiled);
        return RunHandle.start(
                compiled,
                new CompiledPlanCodec(settings.engines()).write(compiled),
                host(settings.reports().after(report)),
                listeners(listeners));
    }

    /**
     * Goes on with a run that its process did not bring to its end, because it died, was closed, or the run failed. The journal has to be one
     * that outlives its process. What was finished is recognised by looking at the servers; what nobody knows is looked at, and then
     * decided; nothing is compiled anew. A copy that was not finished starts over: what the run itself had loaded is dropped, and nothing
     * else ({@code RunEvent.CopyStartsOver}).
     *
     * @param run as {@link #runs()} has it
     * @param listeners hear of this run only, after those of the builder
     * @return the run, which goes on
     * @throws dev.sluice.api.error.JournalException if another process drives the run ({@code CORE-655}), or the journal cannot be read
     * @throws dev.sluice.api.error.StepRefusedException if there is no such run, it cannot be resumed ({@code CORE-658}), or its plan is not the one
     *     that it was started with ({@code CORE-659}); nothing was changed
     * @throws IllegalStateException if this Sluice is closed
     */
    public ReplicationRun resume(RunId run, RunListener... listeners) {
        return known().resume(run, null, listeners(listeners));
    }

    /**
     * The same, if the run's plan is still this one.
     *
     * @throws dev.sluice.api.error.StepRefusedException as well if it is not ({@code CORE-659}); nothing was changed
     */
    public ReplicationRun resume(RunId run, Plan plan, RunListener... listeners) {
        return known().resume(run, plan, listeners(listeners));
    }

    /** All runs that the journal knows, oldest first, whichever process drove them. Reads the journal and asks no server. */
    public List<RecordedRun> runs() {
        return known().all();
    }

    /**
     * Takes a run back that is not under way, whichever process drove it: undoes what it has changed, as far as it is still as the run left
     * it, and closes the run. As {@link ReplicationRun#abandon()}; later runs of the same journal on the replica are seen, too.
     *
     * @param run as {@link #runs()} has it
     * @return the run's result, with what is undone by now and what is left
     * @throws dev.sluice.api.error.JournalException if another process drives the run ({@code CORE-655}), or the journal cannot be read
     * @throws dev.sluice.api.error.StepException as {@link ReplicationRun#abandon()}
     * @throws InterruptedException if the waiting thread was interrupted; the undoing goes on
     */
    public RunResult abandon(RunId run) throws InterruptedException {
        return known().abandon(run, settings.listeners());
    }

    /**
     * The same where a server is gone for good: what the run has changed there is left, and told as such. As
     * {@link ReplicationRun#abandonWithout(LostServer...)}.
     *
     * @param lost the servers that are gone; none is as {@link #abandon(RunId)}
     * @throws dev.sluice.api.error.JournalException as {@link #abandon(RunId)}
     * @throws dev.sluice.api.error.StepException as {@link #abandon(RunId)}, of the server that is not gone
     * @throws InterruptedException if the waiting thread was interrupted; the undoing goes on
     */
    public RunResult abandonWithout(RunId run, LostServer... lost) throws InterruptedException {
        return known().abandon(run, settings.listeners(), lost);
    }

    private KnownRuns known() {
        return new KnownRuns(host(settings.reports()));
    }

    private List<RunListener> listeners(RunListener... more) {
        List<RunListener> all = new ArrayList<>(settings.listeners());
        all.addAll(List.of(more));
        return all;
    }

    private RunHost host(Reporting reports) {
        return new RunHost(connectors, settings.runs(), settings.journal(), settings.clock(), runs, monitors, reports);
    }

    private void refuseDrift(CompiledPlan compiled) {
        CompiledPlan now = compile(compiled.plan());
        if (!now.fingerprint().equals(compiled.fingerprint())) {
            throw new PlanRejectedException(List.of(Problem.of(
                    RunCode.DRIFT,
                    "The plan would now do something else than it did when it was compiled: "
                            + Drift.between(compiled, now))));
        }
    }

    /**
     * The replication of a server of which nothing else is known, to stop it for a long job there and to start it again. Connects to
     * nothing yet. Where the plan that has set it up is at hand, {@link #live} knows more.
     */
    public PausedReplication replication(ReplicaEndpoint replica, Consent... consents) {
        return new PausedReplication(this, replica, List.of(consents));
    }

    /** The replication that a plan has set up, to ask, wait, compare, stop and start. Connects to nothing yet. */
    public LiveReplication live(ReplicationPlan plan) {
        return new LiveReplication(
                this, plan, new LiveServers(connectors, plan, settings.clock()), monitors, comparisons);
    }

    /**
     * Looks why the replication of a server does not work, and what helps. Where its source is known, {@link #diagnose(ReplicaEndpoint,
     * SourceEndpoint, Consent...)} finds more. Needs {@link SluiceBuilder#diagnosis}.
     *
     * @param consents {@link Consent#PLAIN_TEXT}, if the server may be asked over a connection without TLS
     * @throws dev.sluice.api.error.StepRefusedException if the builder was given nothing that diagnoses ({@code CORE-884}); no server was asked
     * @throws dev.sluice.api.error.StepException if the replica cannot be asked
     */
    public LiveDiagnosis diagnose(ReplicaEndpoint replica, Consent... consents) {
        return lookAt(replica, null, consents);
    }

    /**
     * The same with the source of the replication, which is asked as well, and is where the replica is to be pointed if its address has changed.
     *
     * @throws dev.sluice.api.error.StepRefusedException if the builder was given nothing that diagnoses ({@code CORE-884}); no server was asked
     * @throws dev.sluice.api.error.StepException if the replica cannot be asked; a source that cannot is told in the findings
     */
    public LiveDiagnosis diagnose(ReplicaEndpoint replica, SourceEndpoint source, Consent... consents) {
        return lookAt(replica, source, consents);
    }

    private LiveDiagnosis lookAt(ReplicaEndpoint replica, @Nullable SourceEndpoint source, Consent... consents) {
        settings.diagnosis().require();
        return LiveDiagnosis.of(
                settings.diagnosis(),
                new DiagnosedServers(connectors, replica, source, Set.copyOf(List.of(consents))),
                settings.clock());
    }

    /**
     * A plan as JSON, with references to secrets and never their values. {@link #planFromJson} makes an equal plan of it.
     *
     * @throws dev.sluice.api.error.EngineException if an endpoint's engine is not among this Sluice's
     */
    public String toJson(Plan plan) {
        return Json.writePretty(new PlanCodec(settings.engines()).write(plan));
    }

    /**
     * A plan from its JSON, written by this version or an earlier one.
     *
     * @throws dev.sluice.api.error.EngineException if an endpoint's engine is not among this Sluice's
     * @throws IllegalArgumentException if it is not a plan's
     */
    public Plan planFromJson(String json) {
        return new PlanCodec(settings.engines()).read(Json.read(json));
    }

    /**
     * A compiled plan as JSON, with references to secrets and never their values. {@link #compiledPlanFromJson} reads it.
     *
     * @throws dev.sluice.api.error.EngineException if an endpoint's engine is not among this Sluice's
     */
    public String toJson(CompiledPlan compiled) {
        return Json.writePretty(new CompiledPlanCodec(settings.engines()).write(compiled));
    }

    /**
     * A compiled plan from its JSON; it does what it did when it was compiled, whatever the defaults are now.
     *
     * @throws dev.sluice.api.error.EngineException if an endpoint's engine is not among this Sluice's
     * @throws IllegalArgumentException if it is not a compiled plan's, or was altered
     */
    public CompiledPlan compiledPlanFromJson(String json) {
        return new CompiledPlanCodec(settings.engines()).read(Json.read(json));
    }

    /**
     * Ends all monitors and comparisons, stops all runs without undoing anything but their locks, waits up to {@link #CLOSE_PATIENCE} for all of them, and
     * closes the engines and the journal. Only {@code cancel()} and {@code abandon()} undo; one that is under way stops where it is.
     */
    @Override
    public void close() {
        monitors.close();
        comparisons.close();
        runs.close(CLOSE_PATIENCE);
        settings.engines().all().forEach(Engine::close);
        settings.journal().close();
    }
}
