// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
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
import dev.sluice.rds.aws.MadeInstances;
import dev.sluice.rds.aws.RdsCalls;
import dev.sluice.rds.aws.RdsInstance;
import dev.sluice.rds.aws.ReplicaInstanceCalls;
import dev.sluice.rds.managed.ByHand;
import dev.sluice.rds.managed.CopiedEvents;
import dev.sluice.rds.managed.CopiedServer;
import dev.sluice.rds.managed.StepLook;
import dev.sluice.rds.managed.StillSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The replica is made from a snapshot of the temporary read replica, which stood at the snapshot's coordinates before the snapshot was taken and
 * still does when it is finished: nothing is copied.
 */
final class RestoreInstance implements Step {
    private static final String CREATE = "create-instance";
    private static final String AWAIT = "wait-for-instance";
    private static final String AWAIT_MADE = "wait-until-made";
    private static final String BACKUPS = "keep-backups";

    /** A large instance takes its time to be copied. */
    private static final Duration DEADLINE = Duration.ofHours(12);

    private final @Nullable MadeInstances made;

    RestoreInstance(@Nullable MadeInstances made) {
        this.made = made;
    }

    @Override
    public StepKey key() {
        return RdsEngine.key("create-instance-from-snapshot");
    }

    @Override
    public GuideStep row() {
        return GuideStep.LOAD;
    }

    private static ReplicaInstanceCalls calls(StepContext context) {
        NewRdsInstance replica = replica(context);
        return new ReplicaInstanceCalls(
                replica.place(),
                replica.instanceIdentifier(),
                HoldReadReplica.source(context).instanceIdentifier(),
                replica.shape());
    }

    private static NewRdsInstance replica(StepContext context) {
        if (context.replication().replica() instanceof NewRdsInstance created) {
            return created;
        }
        throw new IllegalArgumentException(
                "Not to be created: " + context.replication().replica().label());
    }

    @Override
    public StepDraft compile(StepContext context) {
        ReplicaInstanceCalls calls = calls(context);
        Duration deadline = context.replication().deadlines().getOrDefault(GuideStep.LOAD, DEADLINE);
        StepDraft draft = StepDraft.of();
        for (Operation operation : StillSnapshot.operations(calls.place(), deadline, isByHand())) {
            draft = draft.and(operation);
        }
        StepDraft made = draft.and(create(calls));
        int days = replica(context).backupDays();
        StepDraft kept = days == 0
                ? made
                : (isByHand() ? made : made.and(await(AWAIT_MADE, "the instance is available", deadline)))
                        .and(backups(calls, days));
        StepDraft whole =
                kept.and(await(AWAIT, "the instance is available and holds what the snapshot held", deadline));
        for (Operation operation : CopiedEvents.operations(context)) {
            whole = whole.and(operation);
        }
        return (isByHand() ? ByHand.noted(whole) : whole)
                .note(
                        "Nothing is copied: the replica begins as a copy of the whole source, with its accounts and their passwords, the"
                                + " master user's included, and the source's setting of how long binary logs are retained.")
                .note(
                        "It stays when the run succeeds; a cancel and an abandonment delete it, if it carries the run's tag.")
                .note("What the replica will say about itself is not known yet and is taken from its source.");
    }

    private boolean isByHand() {
        return made == null;
    }

    private static ControlPlaneOperation create(ReplicaInstanceCalls calls) {
        OperationInfo deletion =
                OperationInfo.changing("delete-instance", Target.REPLICA, "delete the instance that this run created");
        OperationInfo info = OperationInfo.changing(CREATE, Target.REPLICA, "create the replica")
                .undoneBy(Undo.byCall(UndoScope.ROLLBACK, calls.deleteInstance(deletion)));
        return calls.restored(info);
    }

    private static Operation await(String id, String condition, Duration deadline) {
        return new WaitOperation(
                OperationInfo.reading(id, Target.REPLICA, "wait until " + condition), condition, deadline);
    }

    private static ControlPlaneOperation backups(ReplicaInstanceCalls calls, int days) {
        return RdsCalls.backupRetention(
                OperationInfo.changing(BACKUPS, Target.REPLICA, "keep automated backups of the replica"),
                calls.place(),
                calls.id(),
                days);
    }

    /** Everything that was compiled from this operation on. */
    private static List<String> from(LiveContext context, String first) {
        return context.step().operations().stream()
                .map(Operation::id)
                .dropWhile(id -> !id.equals(first))
                .toList();
    }

    @Override
    public Look look(LiveContext context) {
        ReplicaInstanceCalls calls = calls(context);
        return made == null ? lookByHand(context, calls) : look(context, made, calls);
    }

    private static Look lookByHand(LiveContext context, ReplicaInstanceCalls calls) {
        Optional<Look> untold = ByHand.untold(context);
        if (context.told(CREATE).isEmpty()) {
            StillSnapshot.requireStill(context);
        }
        if (untold.isPresent()) {
            return untold.get();
        }
        try {
            return judged(context, calls);
        } catch (StepUnavailableException away) {
            return ByHand.from(context, "the new instance does not answer", AWAIT);
        }
    }

    private static Look look(LiveContext context, MadeInstances made, ReplicaInstanceCalls calls) {
        Optional<RdsInstance> instance =
                made.ofRun(calls.place(), calls.id(), context.run()).map(RdsInstance::orThrowIfTerminal);
        if (instance.isEmpty()) {
            List<String> missing = new ArrayList<>(StillSnapshot.missing(context, made, calls.place()));
            missing.addAll(from(context, CREATE));
            return StepLook.missing(context, "there is no instance " + calls.id(), missing);
        }
        Optional<Look> unsettled =
                unsettled(context, instance.get(), replica(context).backupDays());
        return unsettled.isPresent() ? unsettled.get() : judged(context, calls);
    }

    private static Optional<Look> unsettled(LiveContext context, RdsInstance instance, int days) {
        String now = "the instance is " + instance.status() + " and keeps backups for " + instance.backupRetentionDays()
                + " days";
        boolean isAsked = days == 0 || instance.comingBackupRetentionDays() == days;
        if (!isAsked) {
            return Optional.of(
                    StepLook.missing(context, now, from(context, instance.isAvailable() ? BACKUPS : AWAIT_MADE)));
        }
        boolean isSettled = instance.isAvailable() && (days == 0 || instance.backupRetentionDays() == days);
        return isSettled ? Optional.empty() : Optional.of(StepLook.missing(context, now, from(context, AWAIT)));
    }

    private static Look judged(LiveContext context, ReplicaInstanceCalls calls) {
        CopiedServer copy = new CopiedServer(context);
        copy.requireUsable();
        copy.requireTransactionsOfSnapshot();
        List<String> events = CopiedEvents.missing(context);
        if (!events.isEmpty()) {
            return StepLook.missing(context, events.size() + " events are enabled", events);
        }
        return Look.done("the instance " + calls.id() + " holds what the source had at "
                + StillSnapshot.coordinates(context).position());
    }
}
