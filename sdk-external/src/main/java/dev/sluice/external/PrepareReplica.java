// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * The replica has a server id of its own, and a restart of it does not start replication: it would do so without the replication
 * filter, which a restart loses, and apply changes outside the plan's scope.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-howto-slavebaseconfig.html">MySQL: setting the replica
 *     configuration</a>
 */
final class PrepareReplica implements Step {
    private static final String SET_ID = "set-server-id";
    private static final String STAY_STOPPED = "stay-stopped-after-restart";

    @Override
    public StepKey key() {
        return ExternalEngine.key("prepare-replica");
    }

    @Override
    public GuideStep row() {
        return GuideStep.PREPARE_REPLICA;
    }

    @Override
    public StepDraft compile(StepContext context) {
        if (context.alreadyReplicating()) {
            return StepDraft.nothing("The replica follows the source already.");
        }
        StepDraft draft = stayStopped(context, serverId(context, StepDraft.of()));
        return isLocked(context) ? draft.problem(locked(context)) : draft;
    }

    private static StepDraft serverId(StepContext context, StepDraft draft) {
        if (hasOwnId(context)) {
            return draft;
        }
        Setting id = freeId(context);
        if (!context.allows(Consent.SERVER_ID_CHANGE)) {
            return draft.problem(Problem.of(
                    ExternalErrorCode.SERVER_ID_CLASH,
                    "The replica's server id is " + context.replica().serverId() + ", the source's is "
                            + context.source().serverId(),
                    "Set a free one on the replica, such as " + id.statement() + " (option file: " + id.optionLine()
                            + "), or add ." + Consent.SERVER_ID_CHANGE.method() + " to the plan, and the run does so"));
        }
        OperationInfo info = id.operation(
                        SET_ID, Target.REPLICA, "give the replica a server id of its own", UndoScope.ROLLBACK)
                .info()
                .disruptiveWith(Consent.SERVER_ID_CHANGE);
        StepDraft more = draft.and(new SqlOperation(info, id.statement())).needs(id.privilege(Target.REPLICA));
        for (String note : id.notes()) {
            more = more.note(note);
        }
        return more;
    }

    private static boolean hasOwnId(StepContext context) {
        long id = context.replica().serverId();
        return id != 0 && id != context.source().serverId();
    }

    private static Setting freeId(StepContext context) {
        return new Setting(context.replica(), "server_id", FreeServerId.of(context.replica(), context.source()));
    }

    private static StepDraft stayStopped(StepContext context, StepDraft draft) {
        StayStopped stay = new StayStopped(context.replica());
        if (stay.isSet()) {
            return draft;
        }
        if (!stay.canBeSet()) {
            return draft.note(
                    "A restart of the replica loses the replication filter, and replication would go on without it:"
                            + " put into its option file under [mysqld]: skip-slave-start");
        }
        return draft.and(stay.operation(STAY_STOPPED))
                .needs(stay.privilege())
                .needs(stay.privilegeForReadOnly())
                .note(
                        "From then on a restart of the replica leaves replication stopped, until the filter is set again and"
                                + " replication started. To have it start by itself, put the filter into the option file and run "
                                + stay.forgetting() + ".");
    }

    private static boolean isLocked(StepContext context) {
        return context.replica().isOn("super_read_only")
                && context.replication().start().isEmpty();
    }

    private static Problem locked(StepContext context) {
        ServerFacts replica = context.replica();
        return Problem.of(
                ExternalErrorCode.REPLICA_READ_ONLY,
                "super_read_only is ON on the replica " + replica.address() + ", so that nothing can be loaded into it",
                "If it is the right server: "
                        + Dialect.of(replica.version()).setGlobal("super_read_only", "OFF")
                        + "; the run sets it again after the load");
    }

    @Override
    public Look look(LiveContext context) {
        if (context.alreadyReplicating()) {
            return Look.done("the replica follows the source");
        }
        GlobalVariables now = GlobalVariables.read(context.replicaSession(), "server_id");
        List<String> missing = new ArrayList<>();
        if (!hasOwnId(context) && !now.has("server_id", freeId(context).value())) {
            missing.add(SET_ID);
        }
        StayStopped stay = new StayStopped(context.replica());
        if (stay.canBeSet() && !stay.isSet() && !stay.isSetNow(context.replicaSession())) {
            missing.add(STAY_STOPPED);
        }
        return missing.isEmpty() ? Look.done(now.toString()) : StepLook.missing(context, now.toString(), missing);
    }
}
