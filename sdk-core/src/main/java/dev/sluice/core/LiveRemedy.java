// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.diagnosis.RemedyResult;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Consent;
import dev.sluice.core.diagnosis.DiagnosisCode;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.run.DiagnosedServers;
import dev.sluice.core.run.RemedyRunner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A remedy that can be carried out on the servers of its diagnosis. It is not journaled: what undoes it lives with this object. One thread at a time.
 */
public final class LiveRemedy {
    /** How long replication is given to come to run after a remedy. */
    public static final Duration SETTLING = Duration.ofMinutes(1);

    /** A change that fails again does so at once. */
    private static final Duration STEADY = Duration.ofSeconds(2);

    private static final Duration POLL = Duration.ofMillis(200);

    private final LiveDiagnosis diagnosis;
    private final DiagnosedServers servers;
    private final Remedy remedy;
    private final RemedyRunner runner;

    LiveRemedy(LiveDiagnosis diagnosis, DiagnosedServers servers, Remedy remedy) {
        this.diagnosis = diagnosis;
        this.servers = servers;
        this.remedy = remedy;
        this.runner = new RemedyRunner(servers, DiagnosisCode.TREATMENT_REFUSED);
    }

    /** What it does, as data, with its preview. */
    public Remedy remedy() {
        return remedy;
    }

    /**
     * Carries it out, one operation after the other, and waits up to {@link #SETTLING} for replication to run. Refused while a run, or another
     * remedy, works on the replica.
     *
     * @param consents what may be done: all of {@link Remedy#consents()}
     * @return what was done, and a new diagnosis: whether it has helped is for that to say
     * @throws StepRefusedException if a consent is missing ({@code CORE-835}), it is nothing that Sluice does ({@code CORE-836}), or the replica is not as
     *     it was diagnosed ({@code CORE-834}); nothing was changed
     * @throws StepException if an operation failed; those before it are done, and {@link #undo()} undoes those that can be
     */
    public RemedyResult execute(Consent... consents) {
        if (remedy.kind() != Remedy.Kind.OPERATIONS) {
            throw refused(
                    DiagnosisCode.NOT_EXECUTABLE,
                    remedy.id() + " is not something that Sluice does: " + remedy.title());
        }
        Set<Consent> given = Set.copyOf(List.of(consents));
        remedy.consents().stream()
                .filter(needed -> !given.contains(needed))
                .findFirst()
                .ifPresent(missing -> {
                    throw refused(DiagnosisCode.CONSENT_MISSING, remedy.id() + " needs the consent " + missing.name());
                });
        List<String> done = runner.perform(remedy);
        settle();
        return new RemedyResult(remedy.id(), done, diagnosis.again().report());
    }

    private static StepRefusedException refused(DiagnosisCode code, String what) {
        return new StepRefusedException(Problem.of(code, what));
    }

    /** Until it has run for a while, or has failed for good, or the time is over. */
    private void settle() {
        Cancellation never = new Cancellation();
        long end = System.nanoTime() + SETTLING.toNanos();
        long runningSince = 0;
        while (System.nanoTime() < end) {
            Optional<ReplicaHealth> health = servers.health();
            if (health.isEmpty() || health.get().isFailed()) {
                return;
            }
            if (health.get() != ReplicaHealth.RUNNING) {
                runningSince = 0;
            } else if (runningSince == 0) {
                runningSince = System.nanoTime();
            } else if (System.nanoTime() - runningSince > STEADY.toNanos()) {
                return;
            }
            never.sleep(POLL);
        }
    }

    /**
     * Undoes what {@link #execute} has done, newest first, as far as it can be undone and is still as that left it. Replication is not stopped
     * or started for it.
     *
     * @return a line for each: what was restored, or left because somebody has changed it since
     * @throws StepException if something could not be undone; another call goes on there
     */
    public List<String> undo() {
        return runner.undo();
    }
}
