// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicationFilter;
import dev.sluice.core.mysql.ShownFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The replica knows no source any more. What it knew is in the facts of the compiled plan, and so in the run's journal; the
 * password is lost. What else the set-up has left there for the replication goes with it: the filter, and that a restart does not start it.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/reset-replica.html">MySQL: RESET REPLICA ALL</a>
 */
final class ResetReplica implements Step {
    private static final String RESET = "reset";
    private static final String FILTER = "remove-filter";
    private static final String START_AGAIN = "start-again-after-restart";

    @Override
    public StepKey key() {
        return ExternalEngine.key("reset-replica");
    }

    @Override
    public GuideStep row() {
        return GuideStep.RESET_REPLICA;
    }

    @Override
    public StepDraft compile(StepContext context) {
        Optional<Channel> channel = Channel.of(context.replica());
        if (channel.isEmpty()) {
            return StepDraft.nothing("No replication is configured on the replica.");
        }
        Dialect dialect = Dialect.of(context.replica().version());
        StepDraft draft = StepDraft.of(new SqlOperation(
                        OperationInfo.changing(
                                RESET, Target.REPLICA, "forget the source, its password and the relay logs"),
                        Statement.of(dialect.resetReplica(Channel.NAME))))
                .needs(new RequiredPrivilege(
                        Target.REPLICA,
                        dialect.replicationAdminPrivileges(),
                        "to remove the replication configuration"))
                .needs(new RequiredPrivilege(
                        Target.REPLICA, List.of("RELOAD"), "to remove the replication configuration"))
                .note("This cannot be undone: the replica forgets " + channel.get()
                        + ", and what it fetched and did not apply.");
        for (RequiredPrivilege privilege : FilterFacts.seeing(context.replica())) {
            draft = draft.needs(privilege);
        }
        return stayingReadOnly(context.replica(), startingAgain(context, filtered(context, draft)));
    }

    /** Behind the reset: a channel that is configured without its filter could be started by anybody. */
    private static StepDraft filtered(StepContext context, StepDraft draft) {
        ServerFacts replica = context.replica();
        ShownFilter filter = FilterFacts.of(replica);
        if (filter.isEmpty()) {
            return draft;
        }
        if (!FilterFacts.belongsToPlan(replica)) {
            return draft.note(
                    "The replication filter stays, since it is not one that a plan sets, or other channels use it: "
                            + filter + ". To remove it: " + ReplicationFilter.removal());
        }
        StepDraft more = draft.and(new SqlOperation(
                OperationInfo.changing(FILTER, Target.REPLICA, "remove the replication filter"),
                ReplicationFilter.removal()));
        return Dialect.of(replica.version()).filtersByChannel()
                ? more
                : more.note("MySQL " + replica.version()
                        + " does not show a filter without a channel: that it is gone cannot be looked at.");
    }

    private static StepDraft startingAgain(StepContext context, StepDraft draft) {
        StayStopped stay = new StayStopped(context.replica());
        if (!isOnlyChannel(context.replica()) || !stay.isPersisted()) {
            return draft;
        }
        return draft.and(new SqlOperation(
                        OperationInfo.changing(
                                START_AGAIN,
                                Target.REPLICA,
                                "forget that a restart does not start replication, which the set-up has persisted"),
                        stay.forgetting()))
                .needs(stay.privilege())
                .needs(stay.privilegeForReadOnly());
    }

    private static boolean isOnlyChannel(ServerFacts replica) {
        return replica.channels().stream().allMatch(channel -> channel.name().equals(Channel.NAME));
    }

    private static StepDraft stayingReadOnly(ServerFacts replica, StepDraft draft) {
        Dialect dialect = Dialect.of(replica.version());
        return replica.isOn("super_read_only")
                ? draft.note("The replica stays read-only; to write on it: "
                        + dialect.setGlobal("super_read_only", "OFF") + "; " + dialect.setGlobal("read_only", "OFF"))
                : draft;
    }

    @Override
    public Look look(LiveContext context) {
        Optional<ReplicaStatus> status = Channel.statusAsCompiled(context);
        List<String> missing = new ArrayList<>();
        status.ifPresent(configured -> missing.add(RESET));
        if (hasOperation(context, FILTER) && isFilterLeft(context)) {
            missing.add(FILTER);
        }
        if (hasOperation(context, START_AGAIN)
                && new StayStopped(context.replica()).isSetNow(context.replicaSession())) {
            missing.add(START_AGAIN);
        }
        String evidence = status.map(
                        configured -> "the replica knows " + configured.source().host())
                .orElse("no replication is configured");
        return missing.isEmpty() ? Look.done(evidence) : StepLook.missing(context, evidence, missing);
    }

    private static boolean hasOperation(LiveContext context, String id) {
        return context.step().operations().stream()
                .anyMatch(operation -> operation.id().equals(id));
    }

    /** Only the one that was there: what somebody has set since is not this plan's. */
    private static boolean isFilterLeft(LiveContext context) {
        Dialect dialect = Dialect.of(context.replica().version());
        return FilterFacts.read(context.replicaSession(), dialect).equals(FilterFacts.of(context.replica()));
    }
}
