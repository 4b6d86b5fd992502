// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.RedoLog;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The replica is loaded without a redo log, where the plan allows it and nothing but the load could be lost.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/innodb-redo-log.html#innodb-disable-redo-logging">MySQL: disabling redo
 *     logging</a>
 */
final class DisableRedoLog implements Step {
    private static final String SWITCH_OFF = "switch-redo-log-off";

    /** Of InnoDB's own list, since a user sees only those tables of information_schema for which it has a privilege. */
    private static final String TABLES = "SELECT (SELECT COUNT(*) FROM information_schema.INNODB_TABLES"
            + " WHERE SUBSTRING_INDEX(NAME, '/', 1) NOT IN ('mysql', 'sys') AND NAME LIKE '%/%')"
            + " + (SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN ("
            + Scope.SYSTEM_SCHEMAS.stream().sorted().map(Quote::literal).collect(Collectors.joining(", ")) + "))";

    @Override
    public StepKey key() {
        return ExternalEngine.key("disable-redo-log");
    }

    @Override
    public GuideStep row() {
        return GuideStep.DISABLE_REDO_LOG;
    }

    @Override
    public StepDraft compile(StepContext context) {
        if (context.alreadyReplicating()) {
            return StepDraft.nothing("The replica follows the source already: nothing is loaded.");
        }
        return RedoLog.whyItStaysOn(context.replica())
                .map(why -> StepDraft.nothing("The redo log stays on: " + why + "."))
                .orElseGet(DisableRedoLog::draft);
    }

    private static StepDraft draft() {
        OperationInfo info = OperationInfo.changing(
                        SWITCH_OFF, Target.REPLICA, "write no redo log on the replica while it is loaded")
                .undoneBy(new Undo(
                        UndoScope.GUARD,
                        "switch the replica's redo log on",
                        Statement.of(RedoLog.ON),
                        new Undo.OnlyIf(RedoLog.STATE, "OFF")))
                .disruptiveWith(Consent.REDO_LOG_OFF);
        return StepDraft.of(new SqlOperation(info, Statement.of(RedoLog.OFF)))
                .note(
                        "If the replica crashes or is killed before it is on again, it does not start any more, and all that it"
                                + " holds is lost, its accounts included: it has to be initialised anew.")
                .note("If this process dies, the redo log stays off until somebody runs " + RedoLog.ON + ".");
    }

    @Override
    public Look look(LiveContext context) {
        if (context.step().operations().isEmpty()) {
            return Look.done("the redo log stays on");
        }
        ServerSession replica = context.replicaSession();
        if (!isOn(replica)) {
            return Look.done("the redo log is off");
        }
        return replica.queryValue(TABLES).filter("0"::equals).isPresent()
                ? StepLook.missing(context, "the redo log is on", List.of(SWITCH_OFF))
                : Look.done("the redo log stays on: the replica holds tables, which a crash would destroy");
    }

    static boolean isOn(ServerSession replica) {
        return replica.queryValue(RedoLog.STATE).filter("ON"::equalsIgnoreCase).isPresent();
    }
}
