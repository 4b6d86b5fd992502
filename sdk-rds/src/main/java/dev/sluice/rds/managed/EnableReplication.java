// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.WaitOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.rds.managed.ManagedWish.TlsMaterial;
import java.time.Duration;

/**
 * The replica follows the source from the snapshot's coordinates on. Done by AWS's procedures, whose success is judged by the replica's
 * status: starting raises an error while the replica is still connecting, and stopping one when it stands still already.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Procedural.Importing.External.Repl.html">AWS: replication with
 *     a source outside of RDS</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Replication.MySQL.html">AWS: replication between
 *     Aurora and MySQL</a>
 */
final class EnableReplication implements Step {
    static final String WAIT_FOR_FILTER = "wait-for-filter-of-channel";
    private static final Duration FILTER_DEADLINE = Duration.ofMinutes(10);

    private final ManagedKind kind;
    private final SafetySnapshot safety;

    EnableReplication(ManagedKind kind, ManagedGroups groups) {
        this.kind = kind;
        this.safety = new SafetySnapshot(kind, groups);
    }

    @Override
    public StepKey key() {
        return kind.key("enable-replication");
    }

    @Override
    public GuideStep row() {
        return GuideStep.ENABLE_REPLICATION;
    }

    @Override
    public StepDraft compile(StepContext context) {
        StepDraft draft = context.alreadyReplicating()
                ? new Repair(kind, context).addTo(StepDraft.of())
                : safety.before(new SourcePointing(kind, context).draft(), context)
                        .and(waitForFilter());
        draft = ReplicationStart.addTo(draft, kind, context).needs(ManagedDialect.execute(Target.REPLICA));
        for (RequiredPrivilege privilege : HeartbeatRow.seeing(context)) {
            draft = draft.needs(privilege);
        }
        for (Problem problem : ReplicaRules.problems(kind, context)) {
            draft = draft.problem(problem);
        }
        return noted(context, draft);
    }

    /** From 5.7 a filter is shown only once the source is set: what is started before it is there lets rows through, or none. */
    static WaitOperation waitForFilter() {
        return new WaitOperation(
                OperationInfo.reading(
                        WAIT_FOR_FILTER, Target.REPLICA, "wait until the replica shows the filter of the plan"),
                "the replica's filter is that of the plan's scope, or none where the plan is about everything",
                FILTER_DEADLINE);
    }

    private StepDraft noted(StepContext context, StepDraft draft) {
        StepDraft verified = kind.wish(context, TlsMaterial.class).isPresent()
                ? draft.note(
                        "The replica believes only the authority that it is given; it does not check the source's host name.")
                : draft.note("The procedures of " + kind.name() + " do not verify the source's certificate.");
        if (!context.replication().scope().isEverything()) {
            return verified;
        }
        return verified.note(
                HeartbeatRow.isInTheWay(context)
                        ? "System schemas are filtered: changes of accounts on the source do not reach the replica."
                        : "Nothing is filtered: changes of accounts on the source reach the replica, too.");
    }

    @Override
    public Look look(LiveContext context) {
        Dialect dialect = Dialect.of(context.replica().version());
        ChannelLook look = new ChannelLook(kind, context, safety::done);
        return ReplicaStatusReader.readDefault(context.replicaSession(), dialect)
                .map(look::configured)
                .orElseGet(look::notConfigured);
    }
}
