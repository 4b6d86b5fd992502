// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.PollPace;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ShownFilter;
import dev.sluice.rds.aws.ParameterGroupCalls.Apply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The replica lets only changes of the plan's scope through. The filter is in its parameter group, where no restart loses it; the server
 * itself shows that it is there.
 */
final class PrepareReplica implements Step {
    private static final String WAIT = "wait-for-filter";
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private final ManagedKind kind;
    private final ManagedGroups groups;

    PrepareReplica(ManagedKind kind, ManagedGroups groups) {
        this.kind = kind;
        this.groups = groups;
    }

    @Override
    public StepKey key() {
        return kind.key("prepare-replica");
    }

    @Override
    public GuideStep row() {
        return GuideStep.PREPARE_REPLICA;
    }

    @Override
    public StepDraft compile(StepContext context) {
        StepDraft draft = draft(context);
        if (context.alreadyReplicating()) {
            return draft;
        }
        for (RequiredPrivilege privilege :
                ShownFilter.seeing(Dialect.of(context.replica().version()))) {
            draft = draft.needs(privilege);
        }
        return draft;
    }

    private StepDraft draft(StepContext context) {
        if (!ManagedFilter.isWanted(context)) {
            return StepDraft.nothing("The plan is about everything, so that nothing is filtered.");
        }
        if (context.alreadyReplicating()) {
            return StepDraft.nothing("The replica follows the source already.");
        }
        ManagedFilter filter = filter(context);
        StepDraft draft = settings(context)
                .addTo(StepDraft.of(), context, Target.REPLICA, purpose(context))
                .and(new WaitOperation(
                        OperationInfo.reading(WAIT, Target.REPLICA, "wait until the replica shows the filter"),
                        "the replica's filter is " + filter,
                        DEADLINE));
        for (Problem problem : problems(context, filter)) {
            draft = draft.problem(problem);
        }
        return isForHeartbeat(context) ? draft.note(HeartbeatRow.evidence(context) + ". So it is left out.") : draft;
    }

    /** The plan would need no filter but for what the source writes for itself. */
    private static boolean isForHeartbeat(StepContext context) {
        return context.replication().scope().isEverything();
    }

    private static String purpose(StepContext context) {
        return isForHeartbeat(context)
                ? "leave out what the source writes into its own system schemas"
                : "let only changes of the plan's scope through";
    }

    private static ManagedFilter filter(StepContext context) {
        return ManagedFilter.of(context.replication().scope());
    }

    private GroupSettings settings(StepContext context) {
        return new GroupSettings(
                groups,
                context.replication().replica(),
                context.replica(),
                filter(context).parameters(),
                Apply.IMMEDIATE);
    }

    private List<Problem> problems(StepContext context, ManagedFilter filter) {
        List<Problem> problems = new ArrayList<>(filter.problems());
        boolean old = !Dialect.of(context.replica().version()).filtersByChannel();
        if (old && context.replica().variable("aurora_version").isPresent()) {
            problems.add(impossible(
                    context,
                    "Aurora MySQL version 2 has no replication filters",
                    isForHeartbeat(context)
                            ? "Wait until both have written their own row, which takes a server a few minutes, or choose another replica"
                            : ManagedErrorCode.FILTER_NOT_SET.remedy()));
        } else if (old && !settings(context).isKnown()) {
            problems.add(impossible(
                    context,
                    "MySQL 5.7 does not show its filter before replication is configured, and there is no client of the RDS API"
                            + " to see whether it is set",
                    "Give the engine clients: RdsEngine.create(clients)"));
        }
        return problems;
    }

    private static Problem impossible(StepContext context, String why, String remedy) {
        return isForHeartbeat(context)
                ? Problem.of(
                        ManagedErrorCode.HEARTBEAT_GETS_THROUGH, HeartbeatRow.evidence(context) + "; " + why, remedy)
                : Problem.of(
                        ManagedErrorCode.FILTER_NOT_SET,
                        why + ", and the plan is about " + context.replication().scope(),
                        remedy);
    }

    @Override
    public PollPace pace() {
        return groups.pace();
    }

    @Override
    public Look look(LiveContext context) {
        if (context.step().operations().isEmpty()) {
            ManagedFilter.requireNoOther(context);
            return Look.done("there is nothing to prepare");
        }
        Optional<ShownFilter> shown = ShownFilter.read(
                context.replicaSession(), Dialect.of(context.replica().version()), Channel.NAME);
        if (shown.filter(filter -> ManagedFilter.isRight(context, filter)).isPresent()) {
            return Look.done("the replica shows " + shown.get());
        }
        List<String> missing = new ArrayList<>(settings(context).missing(context));
        if (missing.isEmpty() && shown.isEmpty()) {
            return Look.done(
                    "the parameter group holds the filter; the server shows it once replication is configured");
        }
        missing.add(WAIT);
        return StepLook.missing(
                context, "the replica shows " + shown.map(ShownFilter::toString).orElse("no filter yet"), missing);
    }
}
