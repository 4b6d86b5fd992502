// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.ProcedureOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.RunId;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.aws.TemporaryCalls;
import dev.sluice.rds.managed.ManagedErrorCode;
import dev.sluice.rds.managed.StepLook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The source keeps its binary logs for longer than it could be told to: a read replica is made for the run whose replication is stopped, and RDS
 * removes no log that a read replica still needs.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Troubleshooting.html">AWS: replication that is stopped for
 *     more than thirty days is ended</a>
 */
final class KeepBinlogs implements Step {
    static final String CREATE = "create-keeping-replica";
    static final String WAIT = "wait-until-it-follows";
    static final String STOP = "stop-it-there";

    private static final Duration DEADLINE = Duration.ofHours(12);
    private static final long MOST_HOURS = 30 * 24L;

    private final Step raise;
    private final @Nullable RdsControlPlane plane;

    /** @param raise tells the source what it can be told */
    KeepBinlogs(Step raise, @Nullable RdsControlPlane plane) {
        this.raise = raise;
        this.plane = plane;
    }

    @Override
    public StepKey key() {
        return raise.key();
    }

    @Override
    public GuideStep row() {
        return raise.row();
    }

    @Override
    public StepDraft compile(StepContext context) {
        StepDraft draft = raise.compile(context);
        if (!RdsEngine.keepsByReadReplica(context)) {
            return draft;
        }
        Duration deadline = context.replication().deadlines().getOrDefault(row(), DEADLINE);
        StepDraft keeping = draft.and(create(context))
                .and(new WaitOperation(
                        OperationInfo.reading(WAIT, Target.SEED, "wait until the read replica follows the source"),
                        "both halves of its replication run",
                        deadline))
                .and(stop())
                .note(
                        "What is longer than the source can be told is kept by a read replica that stands still: RDS removes no log that"
                                + " it has not fetched. It is deleted when the replica has caught up; on cancel and abandon as well.")
                .note("On an instance that is not Multi-AZ, making the read replica suspends I/O for up to a minute.");
        for (Problem problem : problems(context)) {
            keeping = keeping.problem(problem);
        }
        return keeping;
    }

    private List<Problem> problems(StepContext context) {
        List<Problem> problems = new ArrayList<>(TemporaryReadReplica.outOfReach(plane, context));
        context.replication()
                .binlogRetention()
                .filter(wanted -> wanted.toHours() > MOST_HOURS)
                .ifPresent(wanted -> problems.add(Problem.of(
                        ManagedErrorCode.RETENTION_OUT_OF_RANGE,
                        "A read replica keeps the source's binary logs for at most " + MOST_HOURS
                                + " h, after which RDS ends its replication, not for " + wanted.toHours() + " h",
                        "Ask for at most " + MOST_HOURS + " h")));
        if (context.replication().seeds().contains(RdsSeed.TEMPORARY_READ_REPLICA)) {
            problems.add(Problem.of(
                    SeedCode.KEEPS_AND_SEEDS,
                    "The plan reads from a temporary read replica, and has one keep the logs"));
        }
        return problems;
    }

    private static Operation create(StepContext context) {
        RdsMySql source = HoldReadReplica.source(context);
        OperationInfo info = OperationInfo.changing(
                        CREATE, Target.SOURCE, "make a read replica that keeps the source's binary logs")
                .undoneBy(Undo.byCall(
                        UndoScope.TEMPORARY,
                        TemporaryCalls.deleteInstance(
                                OperationInfo.changing(
                                        ReleaseBinlogs.DELETE,
                                        Target.SOURCE,
                                        "delete the read replica that keeps binary logs"),
                                source.place())));
        return TemporaryCalls.readReplica(info, source.place(), source.instanceIdentifier());
    }

    private static Operation stop() {
        return new ProcedureOperation(
                OperationInfo.changing(STOP, Target.SEED, "hold the read replica still"),
                HoldReadReplica.STOP_PROCEDURE,
                Statement.of("CALL mysql." + HoldReadReplica.STOP_PROCEDURE));
    }

    @Override
    public Optional<Endpoint> temporaryServer(StepContext context, RunId run) {
        return RdsEngine.keepsByReadReplica(context)
                ? new TemporaryReadReplica(plane).server(context, run)
                : Optional.empty();
    }

    @Override
    public OptionalLong sharedBefore(StepContext context) {
        return raise.sharedBefore(context);
    }

    @Override
    public PollPace pace() {
        return plane == null ? PollPace.OF_SERVERS : plane.pace();
    }

    @Override
    public Look look(LiveContext context) {
        Look told = raise.look(context);
        if (told instanceof Look.Unknown || !RdsEngine.keepsByReadReplica(context)) {
            return told;
        }
        KeepingReplica replica = new KeepingReplica(context, plane);
        List<String> missing = new ArrayList<>();
        if (told instanceof Look.Missing some) {
            missing.addAll(some.operationIds());
        }
        missing.addAll(replica.missing());
        String evidence = told.evidence() + "; " + replica.evidence();
        return missing.isEmpty() ? Look.done(evidence) : StepLook.missing(context, evidence, missing);
    }
}
