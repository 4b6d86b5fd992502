// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * The applier stands still, wherever it is, before the table's copy is begun, and the run may write on the replica. Before that it is looked whether
 * the table can be left out at all.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/stop-replica.html">MySQL: STOP REPLICA</a>
 */
final class HoldApplier implements Step {
    private static final String LIFT = "lift-super-read-only";
    private static final String MAKE_ASIDE = "make-aside";
    private static final String STOP = "stop-applier";
    private static final String SUPER_READ_ONLY = "super_read_only";

    @Override
    public StepKey key() {
        return ExternalEngine.key("hold-applier");
    }

    @Override
    public GuideStep row() {
        return GuideStep.HOLD_APPLIER;
    }

    @Override
    public StepDraft compile(StepContext context) {
        StepDraft draft = StepDraft.of();
        List<Problem> problems = TableObstacles.inFacts(context);
        if (!problems.isEmpty()) {
            for (Problem problem : problems) {
                draft = draft.problem(problem);
            }
            return draft;
        }
        TableCopy copy = new TableCopy(context);
        if (context.replica().isOn(SUPER_READ_ONLY)) {
            draft = draft.and(lift());
        }
        return TableCopyNeeds.addedTo(
                draft.and(makeAside(copy))
                        .and(stop(copy))
                        .note("Refused if the table has foreign keys, to it or from it, or triggers, on either server.")
                        .note("Replication falls behind until the applier is let go on."),
                copy);
    }

    /** Until the end of the run: what it made has to be dropped as well. Others are still kept out by read_only. */
    private static SqlOperation lift() {
        return new SqlOperation(
                OperationInfo.changing(LIFT, Target.REPLICA, "let this run write on the replica; read_only stays on")
                        .undoneBy(new Undo(
                                UndoScope.TEMPORARY,
                                "restore super_read_only to ON",
                                Statement.of("SET GLOBAL super_read_only = ON"),
                                new Undo.OnlyIf("SELECT @@GLOBAL.super_read_only", "0"))),
                Statement.of("SET GLOBAL super_read_only = OFF"));
    }

    /** The old rows are thrown away only while there is a table in their place. */
    private static SqlOperation makeAside(TableCopy copy) {
        TablePlaces places = copy.places();
        String database = places.aside().database();
        return new SqlOperation(
                OperationInfo.changing(
                                MAKE_ASIDE, Target.REPLICA, "make the database in which the old table is set aside")
                        .undoneBy(new Undo(
                                UndoScope.TEMPORARY,
                                "drop the database " + database + " with what the replica had in " + places.table(),
                                List.of(copy.unlogged()),
                                Sql.text("DROP DATABASE IF EXISTS ")
                                        .identifier(database)
                                        .build(),
                                places.isInPlace()))
                        .undoneBy(new Undo(
                                UndoScope.TEMPORARY,
                                "drop the database " + places.copy().database() + " of the copy, once it is empty",
                                List.of(copy.unlogged()),
                                Sql.text("DROP DATABASE IF EXISTS ")
                                        .identifier(places.copy().database())
                                        .build(),
                                places.holdsNoCopy())),
                Sql.text("CREATE DATABASE IF NOT EXISTS ").identifier(database).build(),
                copy.unlogged());
    }

    private static SqlOperation stop(TableCopy copy) {
        return new SqlOperation(
                OperationInfo.changing(STOP, Target.REPLICA, "stop the applier; the receiver goes on fetching")
                        .undoneBy(copy.applierGoesOn()),
                copy.stopApplier());
    }

    @Override
    public Look look(LiveContext live) {
        TableCopy copy = new TableCopy(live);
        boolean isCopied = live.coordinates().isPresent();
        TablePlaces.Now now = copy.places().now(live.replicaSession());
        if (!isCopied) {
            TableObstacles.require(live, copy, now);
        }
        List<String> missing = new ArrayList<>();
        if (GlobalVariables.read(live.replicaSession(), SUPER_READ_ONLY).has(SUPER_READ_ONLY, "ON")) {
            missing.add(LIFT);
        }
        if (!copy.places().hasAsideDatabase(live.replicaSession())) {
            missing.add(MAKE_ASIDE);
        }
        boolean mayRun = now == TablePlaces.Now.REPLACED;
        ReplicaStatus status = copy.status(live);
        if (status.applier().isRunning() && !mayRun) {
            missing.add(STOP);
        }
        return missing.isEmpty()
                ? Look.done("the applier stands at "
                        + status.applier().applied().map(Object::toString).orElse("?"))
                : StepLook.missing(live, status.reason(), missing);
    }
}
