// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.StepException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorListener;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.run.Comparisons;
import dev.sluice.core.run.LiveServers;
import dev.sluice.core.run.Monitors;
import dev.sluice.core.verify.Consistency;
import java.time.Duration;
import java.util.Optional;

/**
 * A replication that was set up and runs: asks, watches, waits and compares, and changes nothing but by a heartbeat, {@link #stop()}, {@link #start()},
 * {@link #copyTable} and {@link #verifyAtOnePosition()}. Each call connects anew. Thread-safe.
 */
public final class LiveReplication {
    private final Sluice sluice;
    private final ReplicationPlan plan;
    private final LiveServers servers;
    private final Monitors monitors;
    private final Comparisons comparisons;

    LiveReplication(
            Sluice sluice, ReplicationPlan plan, LiveServers servers, Monitors monitors, Comparisons comparisons) {
        this.sluice = sluice;
        this.plan = plan;
        this.servers = servers;
        this.monitors = monitors;
        this.comparisons = comparisons;
    }

    /**
     * Where the source's binary log stands now.
     *
     * @throws StepException if the source cannot be asked
     */
    public Coordinates sourceNow() {
        return servers.sourceNow();
    }

    /**
     * Waits until the replica has applied everything before these coordinates. A receiver that is dead, or a lag that is said to be
     * 0, is never taken for it.
     *
     * @param coordinates of this replication's source, such as from {@link #sourceNow()}
     * @param limit the longest wait
     * @throws StepException if replication stopped with an error, or the time is over
     */
    public void awaitApplied(Coordinates coordinates, Duration limit) {
        servers.awaitApplied(coordinates, limit);
    }

    /**
     * Waits until the replica is proven to have everything that its source had written this long before, and both halves run; see
     * {@link Monitor#awaitCatchUp}.
     *
     * @param maxLag over zero; what is asked takes some milliseconds itself
     * @param limit the longest wait
     * @throws StepException if replication failed or stands still, the replica is told to stay further behind, or the time is over
     *     ({@code CORE-621})
     */
    public void awaitCatchUp(Duration maxLag, Duration limit) {
        servers.awaitCatchUp(maxLag, limit);
    }

    /**
     * Watches the replication until the monitor is closed or the Sluice is. After a failover of the replica it tells what it finds and changes
     * nothing; {@link ReplicationRun#monitor} can do more.
     *
     * @throws dev.sluice.api.error.PlanRejectedException if the settings ask for a heartbeat that the plan does not allow, or that its scope
     *     keeps from the replica
     * @throws IllegalStateException if the Sluice is closed
     */
    public Monitor monitor(MonitorSettings settings, MonitorListener... listeners) {
        return monitors.of(plan, settings, listeners);
    }

    /**
     * How far the replica says that it is behind, in whole seconds; empty while it cannot say, as when replication does not run.
     * It is about what was fetched: 0 also while nothing arrives, and no proof that everything was applied, which {@link #awaitApplied} is. Who
     * wants to know how far the replica is behind its source asks a {@link #monitor}, whose {@link dev.sluice.api.run.ReplicationState#lag()} is measured against the source.
     *
     * @throws StepException if the replica cannot be asked
     */
    public Optional<Duration> lag() {
        return servers.status().flatMap(status -> status.lag());
    }

    /**
     * {@link #compareLive(CompareOptions)} with the {@linkplain CompareOptions#standard() standard} options: for 24 hours at most.
     *
     * @throws StepException as there
     */
    public VerificationReport compareLive() {
        return compareLive(CompareOptions.standard());
    }

    /**
     * Compares structure and rows while the source is written to: what differs is looked at again after the replica has passed
     * the source's position of that moment. Takes as long as both servers need to read all rows in the plan's scope, or as the options say.
     * Closing the Sluice ends it.
     *
     * @return also differences, and what could not be decided; {@code isClean()} tells whether there are none
     * @throws StepException if a server cannot be asked, shows no database that the scope names ({@code CORE-841}), or its user may not see all
     *     of the scope ({@code CORE-842}): what nobody sees is never called equal
     * @throws IllegalStateException if the Sluice is closed, or is closed meanwhile
     * @throws dev.sluice.core.mysql.CancelledException if the waiting thread was interrupted, which ends the comparison
     */
    public VerificationReport compareLive(CompareOptions options) {
        return comparisons.compare(servers, options.request(plan.scope(), Consistency.LIVE), options.listener());
    }

    /**
     * Compares structure and rows at exactly one position of the source, whatever is written meanwhile: a run of a {@link VerifyPlan}, journaled
     * like any other. Writers on the source wait while its snapshot opens; the replica's applier is stopped, run until exactly there, and
     * started again before the rows are compared. The plan has to allow that by {@code allowVerificationLock()}.
     *
     * @return also differences, and what could not be decided; {@code isClean()} tells whether there are none
     * @throws dev.sluice.api.error.PlanRejectedException if the plan does not allow it, or the replica's applier cannot be stopped at a position;
     *     nothing was changed, and nothing is compared in another way
     * @throws RunStoppedException if it could not be compared
     * @throws InterruptedException if the waiting thread was interrupted; the comparison goes on
     */
    public VerificationReport verifyAtOnePosition() throws InterruptedException {
        ReplicationRun run = sluice.start(sluice.compile(new VerifyPlan(plan.verifyAtOnePosition())));
        try {
            return run.await().verification().orElseThrow();
        } catch (RunStoppedException stopped) {
            // A replica that differs is what was asked for.
            return run.completion().toCompletableFuture().join().verification().orElseThrow(() -> stopped);
        }
    }

    /**
     * {@link #compareStandingStill(CompareOptions)} with the {@linkplain CompareOptions#standard() standard} options.
     *
     * @throws StepException as there
     */
    public VerificationReport compareStandingStill() {
        return compareStandingStill(CompareOptions.standard());
    }

    /**
     * Compares structure and rows once. Only right while nothing writes in the plan's scope on the source and the replica has
     * applied everything: then every difference is one. Closing the Sluice ends it.
     *
     * @return also differences; {@code isClean()} tells whether there are none
     * @throws StepException as {@link #compareLive(CompareOptions)}
     * @throws IllegalStateException if the Sluice is closed, or is closed meanwhile
     * @throws dev.sluice.core.mysql.CancelledException if the waiting thread was interrupted, which ends the comparison
     */
    public VerificationReport compareStandingStill(CompareOptions options) {
        return comparisons.compare(
                servers, options.request(plan.scope(), Consistency.STANDING_STILL), options.listener());
    }

    /**
     * Looks why this replication does not work, and what helps; both servers are asked. Needs {@link SluiceBuilder#diagnosis}.
     *
     * @throws dev.sluice.api.error.StepRefusedException if the builder was given nothing that diagnoses ({@code CORE-884}); no server was asked
     * @throws StepException if the replica cannot be asked
     */
    public LiveDiagnosis diagnose() {
        return sluice.diagnose(plan.replica(), plan.source(), plan.consents().toArray(Consent[]::new));
    }

    /**
     * Copies one table of the replica anew and puts the copy into its place: a run of a {@link CopyTablePlan}, journaled like any other, which can be resumed
     * or abandoned. The plan has to allow it by {@link Consent#TABLE_REPLACEMENT} and {@link Consent#TABLE_COPY_LOCK}.
     *
     * @param table in the plan's scope
     * @throws dev.sluice.api.error.PlanRejectedException if it is not allowed, or cannot be done on this kind of replica; nothing was changed
     * @throws RunStoppedException if it failed
     * @throws InterruptedException if the waiting thread was interrupted; the run goes on
     */
    public RunResult copyTable(TableName table) throws InterruptedException {
        return sluice.start(sluice.compile(CopyTablePlan.of(plan, table))).await();
    }

    /**
     * Stops receiver and applier for a long job on the replica; see {@link PausedReplication#stop()}. The source need not be reachable.
     *
     * @throws InterruptedException if the waiting thread was interrupted; the stop goes on
     */
    public RunResult stop() throws InterruptedException {
        return sluice.replication(plan.replica(), plan.consents().toArray(Consent[]::new))
                .stop();
    }

    /**
     * Starts receiver and applier where they stopped, with the filter of the plan's scope, which is set again where a restart of the replica
     * has lost it. Refused if the replica follows another source than the plan's, or has another filter.
     *
     * @throws dev.sluice.api.error.PlanRejectedException if a server cannot be reached, the replica follows another source or none, or the
     *     user may not start it; nothing was changed
     * @throws dev.sluice.api.error.RunStoppedException if it was refused, or did not come to run in time
     * @throws InterruptedException if the waiting thread was interrupted; the start goes on
     */
    public RunResult start() throws InterruptedException {
        return new PauseRun(sluice, PausePlan.start(plan)).await();
    }
}
