// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.aws.TemporaryCalls;
import dev.sluice.rds.aws.TemporaryInstance;
import dev.sluice.rds.managed.ByHand;
import dev.sluice.rds.managed.StepLook;
import dev.sluice.rds.managed.ToldAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A read replica is made for the run and held still; where it stands are the snapshot's coordinates. */
final class HoldReadReplica implements Step {
    static final String STOP_PROCEDURE = "rds_stop_replication";

    static final String CREATE = "create-read-replica";
    static final String WAIT = "wait-until-it-replicates";
    static final String STOP = "stop-replication-there";
    static final String TELL = "tell-where-it-stands";

    /** A large instance takes its time to be copied. */
    private static final Duration DEADLINE = Duration.ofHours(12);

    private final String name;
    private final @Nullable RdsControlPlane plane;

    HoldReadReplica(@Nullable RdsControlPlane plane) {
        this("hold-read-replica", plane);
    }

    private HoldReadReplica(String name, @Nullable RdsControlPlane plane) {
        this.name = name;
        this.plane = plane;
    }

    /** The same as another way, to be snapshotted: a stored plan finds its way by the key of this step. */
    static HoldReadReplica toBeSnapshotted(@Nullable RdsControlPlane plane) {
        return new HoldReadReplica("hold-read-replica-for-snapshot", plane);
    }

    @Override
    public StepKey key() {
        return RdsEngine.key(name);
    }

    @Override
    public GuideStep row() {
        return GuideStep.SNAPSHOT;
    }

    static RdsMySql source(StepContext context) {
        return EnableBinlog.endpoint(context);
    }

    @Override
    public StepDraft compile(StepContext context) {
        Duration deadline = context.replication().deadlines().getOrDefault(GuideStep.SNAPSHOT, DEADLINE);
        StepDraft made = StepDraft.of(create(context));
        StepDraft known = TemporaryReadReplica.mustBeTold(plane, context)
                ? made.and(ToldAddress.asking(
                        TemporaryCalls.askingForAddress(source(context).place())))
                : made;
        return known.and(await(deadline))
                .and(stop())
                .and(tell(deadline))
                .note("No lock is taken on the source, and no row is read from it.")
                .note(
                        plane == null
                                ? "As soon as the load is done the run asks for the removal of the temporary read replica, and waits for that"
                                        + " when everything else is done; an abandonment asks for it as well."
                                : "The temporary read replica is deleted as soon as the load is done; on cancel and abandon as well.")
                .note("On an instance that is not Multi-AZ, making the read replica suspends I/O for up to a minute.");
    }

    private static Operation create(StepContext context) {
        RdsMySql source = source(context);
        OperationInfo deletion =
                OperationInfo.changing("delete-read-replica", Target.SOURCE, "delete the temporary read replica");
        OperationInfo info = OperationInfo.changing(
                        CREATE, Target.SOURCE, "make a read replica of the source for this run")
                .undoneBy(Undo.byCall(UndoScope.TEMPORARY, TemporaryCalls.deleteInstance(deletion, source.place())));
        return TemporaryCalls.readReplica(info, source.place(), source.instanceIdentifier());
    }

    private static Operation await(Duration deadline) {
        return new WaitOperation(
                OperationInfo.reading(WAIT, Target.SEED, "wait until the temporary read replica replicates"),
                "both halves of its replication run",
                deadline);
    }

    private static Operation stop() {
        return new ProcedureOperation(
                OperationInfo.changing(STOP, Target.SEED, "hold the temporary read replica still"),
                STOP_PROCEDURE,
                Statement.of("CALL mysql." + STOP_PROCEDURE));
    }

    private static Operation tell(Duration deadline) {
        return new WaitOperation(
                OperationInfo.reading(TELL, Target.SEED, "see where in the source's binary log it stands"),
                "its replication is stopped and shows what was applied",
                deadline,
                List.of(Slot.SNAPSHOT_COORDINATES));
    }

    @Override
    public PollPace pace() {
        return plane == null ? PollPace.OF_SERVERS : plane.pace();
    }

    @Override
    public Look look(LiveContext context) {
        Optional<TemporaryInstance> instance = find(context);
        if (plane != null && instance.isEmpty()) {
            return missing(context, "there is no temporary read replica", CREATE, WAIT, STOP, TELL);
        }
        if (instance.filter(found -> !isAvailable(found)).isPresent()) {
            return missing(
                    context, "the temporary read replica is " + instance.get().status(), WAIT, STOP, TELL);
        }
        boolean isToldOf = TemporaryReadReplica.mustBeTold(plane, context);
        Optional<Look> untold = isToldOf ? ByHand.untold(context) : Optional.empty();
        return untold.isPresent() ? untold.get() : lookThere(context, isToldOf);
    }

    /** One that a person makes, and that answers where its name says, shows itself that it was made. */
    private Look lookThere(LiveContext context, boolean isToldOf) {
        try {
            StillReplica replica = new StillReplica(context);
            if (isToldOf) {
                replica.requireMadeForRun();
            }
            return replica.look();
        } catch (StepUnavailableException away) {
            String evidence = "the temporary read replica does not answer";
            return plane != null || isToldOf
                    ? missing(context, evidence, WAIT, STOP, TELL)
                    : missing(context, evidence, CREATE, WAIT, STOP, TELL);
        }
    }

    private Optional<TemporaryInstance> find(LiveContext context) {
        return plane == null
                ? Optional.empty()
                : plane.temporaryInstance(source(context).place(), context.run());
    }

    private static boolean isAvailable(TemporaryInstance found) {
        return found.instance().orThrowIfTerminal().isAvailable();
    }

    static Look missing(LiveContext context, String evidence, String... ids) {
        return StepLook.missing(context, evidence, List.of(ids));
    }
}
