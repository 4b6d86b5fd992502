// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.rds.managed.StepLook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The replica follows the source by AWS's own doing: this looks and waits, and calls no procedure. */
final class FollowByAws implements Step {
    private static final String WAIT = "wait-until-it-replicates";
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    @Override
    public StepKey key() {
        return AuroraEngine.key("follow-by-aws");
    }

    @Override
    public GuideStep row() {
        return GuideStep.ENABLE_REPLICATION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        return StepDraft.of(new WaitOperation(
                        OperationInfo.reading(
                                WAIT, Target.REPLICA, "wait until AWS lets the replica follow the source"),
                        "both halves of the replica's replication run",
                        DEADLINE))
                .note("AWS itself replicates: no procedure is called, and its own account logs in to the source.")
                .note("Nothing is filtered: changes of accounts on the source reach the replica, too.");
    }

    @Override
    public Look look(LiveContext context) {
        Optional<ReplicaStatus> status = new ReadReplicaStatus(context).read();
        if (status.isEmpty()) {
            return missing(context, "AWS has pointed the replica nowhere yet");
        }
        ReplicaHealth health = status.get().health();
        if (health == ReplicaHealth.APPLIER_FAILED) {
            throw new StepRefusedException(
                    Problem.of(ReadReplicaCode.BROKEN, status.get().reason()));
        }
        return health == ReplicaHealth.RUNNING
                ? Look.done("AWS lets it follow " + status.get().source().host())
                : missing(context, status.get().reason());
    }

    private static Look missing(LiveContext context, String evidence) {
        return StepLook.missing(context, evidence, List.of(WAIT));
    }
}
