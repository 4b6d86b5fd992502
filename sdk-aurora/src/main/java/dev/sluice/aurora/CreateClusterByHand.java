// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.Question;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.aws.ReplicaClusterCalls;
import dev.sluice.rds.aws.TemporaryClusterCalls;
import dev.sluice.rds.managed.ByHand;
import dev.sluice.rds.managed.CopiedServer;
import dev.sluice.rds.managed.CreationCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The replica is made with the source's data by a person, who also tells where in the source's log it begins, since AWS tells that in an event
 * only. That it is this server which began there its own binary log shows: it goes on from that position, and holds no change behind it.
 */
final class CreateClusterByHand implements Step {
    private static final String SNAPSHOT = "create-cluster-snapshot";
    private static final String TELL = "tell-where-it-begins";
    private static final String AWAIT = "wait-until-it-answers";
    private static final Question QUESTION = new Question(ToldPosition.QUESTION, ToldPosition.PATTERN);

    private final ClusterCopy.Origin origin;

    CreateClusterByHand(ClusterCopy.Origin origin) {
        this.origin = origin;
    }

    /** Why nobody could make it by hand. Events would have to be disabled there, after which its log proves nothing any more. */
    static List<Problem> problems(StepContext context) {
        List<Problem> problems = new ArrayList<>(ByHand.problems(context));
        if (context.source().events().stream().anyMatch(EventFacts::isEnabled)) {
            problems.add(
                    Problem.of(
                            CreationCode.EVENTS_ENABLED,
                            "The source has enabled events, and a copy that a person makes proves by its own log where it began",
                            "Disable the events until the replica is made, or give the engine clients by AuroraEngine.create(clients)"));
        }
        return problems;
    }

    @Override
    public StepKey key() {
        return AuroraEngine.key(isClone() ? "create-cluster-as-clone-by-hand" : "create-cluster-from-snapshot-by-hand");
    }

    private boolean isClone() {
        return origin == ClusterCopy.Origin.CLONE;
    }

    @Override
    public GuideStep row() {
        return GuideStep.LOAD;
    }

    @Override
    public StepDraft compile(StepContext context) {
        ReplicaClusterCalls calls = CreateCluster.calls(context);
        Duration deadline = context.replication().deadlines().getOrDefault(GuideStep.LOAD, CopyCluster.DEADLINE);
        StepDraft draft = isClone() ? StepDraft.of() : StepDraft.of(snapshot(context));
        return ByHand.noted(draft.and(CreateCluster.cluster(origin, calls))
                        .and(calls.writer(CreateCluster.creatingWriter(calls)))
                        .and(tell(calls))
                        .and(await(deadline)))
                .note(
                        "Nothing is copied: the replica begins as a copy of the whole source, with its accounts and their passwords, the"
                                + " master user's included, and the source's setting of how long binary logs are retained.")
                .note("What the replica will say about itself is not known yet and is taken from its source.");
    }

    private static dev.sluice.api.operation.Operation snapshot(StepContext context) {
        AuroraMySql source = CopyCluster.source(context);
        return TemporaryClusterCalls.snapshot(
                OperationInfo.changing(SNAPSHOT, Target.SOURCE, "take a snapshot of the cluster")
                        .undoneBy(Undo.byCall(UndoScope.TEMPORARY, CopyCluster.snapshotDeletion(source.place()))),
                source.place(),
                source.clusterIdentifier());
    }

    private static PersonOperation tell(ReplicaClusterCalls calls) {
        return new PersonOperation(
                OperationInfo.reading(
                        TELL, Target.REPLICA, "tell the binary log position from its writer's crash recovery"),
                List.of(calls.askingForRecovery()),
                PersonOperation.DEFAULT_DEADLINE,
                QUESTION);
    }

    private static WaitOperation await(Duration deadline) {
        String condition = "the new cluster answers, and goes on from where it began";
        return new WaitOperation(
                OperationInfo.reading(AWAIT, Target.REPLICA, "wait until " + condition),
                condition,
                deadline,
                List.of(Slot.SNAPSHOT_COORDINATES));
    }

    @Override
    public Look look(LiveContext context) {
        Optional<Look> untold = ByHand.untold(context);
        if (untold.isPresent()) {
            return untold.get();
        }
        BinlogPosition position = ToldPosition.in(context.told(TELL).orElseThrow());
        try {
            return judged(context, position);
        } catch (StepUnavailableException away) {
            return ByHand.from(context, "the new cluster does not answer", AWAIT);
        }
    }

    private static Look judged(LiveContext context, BinlogPosition position) {
        new CopiedServer(context).requireUsable();
        StillCopy copy = new StillCopy(context.replicaSession());
        copy.requireNoEvents("The new cluster");
        copy.requireReached(position);
        copy.requireUnchangedSince(position);
        return new RecoveredCopy(context, context.replicaSession()).look(position);
    }
}
