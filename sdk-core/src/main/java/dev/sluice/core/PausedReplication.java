// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.PausePlan;
import dev.sluice.api.run.RunResult;
import java.util.List;

/**
 * A replication that pauses for a long job on its replica. Each call is a run of a {@link PausePlan}, journaled like any other, whose success
 * is judged by what the replica shows. Thread-safe.
 *
 * <pre>{@code
 * PausedReplication replication = sluice.replication(replica);
 * replication.stop();
 * longJob();
 * replication.start();
 * }</pre>
 */
public final class PausedReplication {
    private final Sluice sluice;
    private final ReplicaEndpoint replica;
    private final List<Consent> consents;

    PausedReplication(Sluice sluice, ReplicaEndpoint replica, List<Consent> consents) {
        this.sluice = sluice;
        this.replica = replica;
        this.consents = consents;
    }

    /**
     * Stops receiver and applier, and returns when both stand still, at most after {@link PausePlan#DEFAULT_DEADLINE}. The applier ends its
     * transaction first. Nothing is done if both stand still already.
     *
     * @throws PlanRejectedException if the replica cannot be reached or the user may not stop it; nothing was changed
     * @throws RunStoppedException if it did not stop in time; the server may still be stopping it
     * @throws InterruptedException if the waiting thread was interrupted; the stop goes on
     */
    public RunResult stop() throws InterruptedException {
        return run(PausePlan.stop(replica));
    }

    /**
     * Starts receiver and applier where they stopped, and returns when both run. Refused on a self-managed replica that has no replication
     * filter: a restart loses it, and without it changes outside of the scope would be applied. {@code sluice.live(plan).start()} knows
     * the scope and sets it again.
     *
     * @throws PlanRejectedException if the replica cannot be reached, is no replica, or the user may not start it; nothing was changed
     * @throws RunStoppedException if it was refused, or did not come to run in time
     * @throws InterruptedException if the waiting thread was interrupted; the start goes on
     */
    public RunResult start() throws InterruptedException {
        return run(PausePlan.start(replica));
    }

    private RunResult run(PausePlan plan) throws InterruptedException {
        PausePlan allowed = plan;
        for (Consent consent : consents) {
            allowed = allowed.allow(consent);
        }
        return new PauseRun(sluice, allowed).await();
    }
}
