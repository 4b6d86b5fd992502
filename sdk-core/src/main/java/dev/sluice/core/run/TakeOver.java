// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.RunEvent;
import dev.sluice.core.mysql.Cancellation;
import java.util.Set;

/**
 * Makes sure, before anything is changed, that servers and replica are still the run's: of a run of another process, what that one left on
 * these very servers is ended; of any, nobody may have built on what it left.
 *
 * @param parts of the run
 * @param lost servers that are gone for good and not asked
 */
record TakeOver(RunParts parts, Set<Target> lost) {
    TakeOver(RunParts parts) {
        this(parts, Set.of());
    }

    /** The process that had this run before has lost it. Nothing to do for a run of this process. */
    void endOtherProcess(RunServers servers, Cancellation cancellation) {
        if (parts.resumption().isPresent()) {
            ofSource(servers, cancellation);
            ofReplica(servers, cancellation);
        }
    }

    /**
     * The same before a run is taken back, whose servers may be others by now, whichever process drove it. A source that cannot be reached does
     * not keep the replica from being taken back; what is not undone there is reported.
     *
     * @throws dev.sluice.api.error.StepRefusedException OTHER_SERVER or SERVER_UNPROVEN
     */
    void prepareToUndo(RunServers servers, Cancellation cancellation) {
        try {
            ofSource(servers, cancellation);
        } catch (StepUnavailableException gone) {
            warn(gone);
        } catch (StepRefusedException refused) {
            if (parts.resumption().isPresent() || SameServers.REFUSALS.contains(refused.code())) {
                throw refused;
            }
            warn(refused);
        }
        ofReplica(servers, cancellation);
    }

    private void warn(StepException unanswered) {
        Problem why = unanswered.problems().get(0);
        parts.log().event((run, at) -> new RunEvent.Warning(run, at, why));
    }

    private void ofSource(RunServers servers, Cancellation cancellation) {
        if (servers.hasSource()) {
            on(Target.SOURCE, servers, cancellation);
        }
    }

    private void ofReplica(RunServers servers, Cancellation cancellation) {
        if (hasReplica()) {
            on(Target.REPLICA, servers, cancellation);
        }
    }

    private void on(Target target, RunServers servers, Cancellation cancellation) {
        parts.same(servers).require(target);
        if (parts.resumption().isPresent()) {
            parts.tools().endOtherProcess(servers, target, cancellation);
        }
    }

    private boolean hasReplica() {
        return parts.replicaIsThere() && !lost.contains(Target.REPLICA);
    }

    /** Whether another run has worked on the replica since, as far as the journal knows. */
    boolean isPassedOn() {
        return parts.resumption()
                .flatMap(resumed -> parts.tools().laterRuns().firstAfter(resumed.history()))
                .isPresent();
    }

    /** To be looked at under the claim, so that nobody can come between the look and what is done by it. */
    void requireStillOurs(RunServers servers) {
        CompiledPlan compiled = parts.compiled();
        ReplicaOwner owner = new ReplicaOwner(
                compiled.replicaFacts(), compiled.plan().replica().providersAccount());
        parts.requireNoLaterTurn(owner);
        parts.resumption().ifPresent(resumed -> parts.tools().laterRuns().requireNone(resumed.history()));
        if (hasReplica() && servers.engine(Target.REPLICA).access().isEmpty()) {
            owner.requireFollowsNobodyElse(
                    servers.link(Target.REPLICA).session(), parts.undos().pointings());
        }
    }
}
