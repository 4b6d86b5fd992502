// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The old table is set aside, and the replica leaves the table's changes out. From the first of these on the table is missing on the replica, on purpose:
 * an applier that comes to a change of it without the filter, as after a restart, stops there instead of going on without it. So the only way
 * from here is on, to the copy's position, or another copy.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/change-replication-filter.html">MySQL: CHANGE REPLICATION FILTER</a>
 */
final class LeaveTableOut implements Step {
    private static final String SET_ASIDE = "set-aside";
    private static final String STOP = "stop-applier";
    private static final String LEAVE_OUT = "leave-out";

    @Override
    public StepKey key() {
        return ExternalEngine.key("leave-table-out");
    }

    @Override
    public GuideStep row() {
        return GuideStep.LEAVE_TABLE_OUT;
    }

    @Override
    public StepDraft compile(StepContext context) {
        if (!TableObstacles.inFacts(context).isEmpty()) {
            return StepDraft.nothing("See the row before.");
        }
        TableCopy copy = new TableCopy(context);
        TablePlaces places = copy.places();
        return StepDraft.of(
                        new SqlOperation(
                                OperationInfo.changing(STOP, Target.REPLICA, "stop the applier, if it runs"),
                                copy.stopApplier()),
                        new SqlOperation(
                                OperationInfo.changing(
                                                SET_ASIDE,
                                                Target.REPLICA,
                                                "set the old " + places.table()
                                                        + " aside: the replica has none from here on")
                                        .disruptiveWith(Consent.TABLE_REPLACEMENT),
                                places.setAside(),
                                copy.unlogged()),
                        new SqlOperation(
                                OperationInfo.changing(
                                                LEAVE_OUT,
                                                Target.REPLICA,
                                                "leave changes of " + places.table() + " out")
                                        .undoneBy(copy.filterComesBack()),
                                copy.filterWithout().statement()))
                .note(
                        "From here on the only way is on, or another copy: taken back, the table is missing on the replica, its old rows are in "
                                + places.aside() + ", and the applier stands still.");
    }

    @Override
    public Look look(LiveContext live) {
        TableCopy copy = new TableCopy(live);
        return switch (copy.places().now(live.replicaSession())) {
            case COPIED -> copied(live, copy);
            case SET_ASIDE -> aside(live, copy);
            case REPLACED -> Look.done("the copy is in its place already");
            case UNTOUCHED, UNKNOWN -> throw copy.notAsLeft(live);
        };
    }

    private static Look copied(LiveContext live, TableCopy copy) {
        TableObstacles.requireMovable(live, copy.places());
        ReplicaStatus status = copy.status(live);
        copy.requireNotPassed(live, status);
        List<String> missing = new ArrayList<>(List.of(SET_ASIDE, LEAVE_OUT));
        if (status.applier().isRunning()) {
            missing.add(STOP);
        }
        return StepLook.missing(live, "the old table is in its place", missing);
    }

    private static Look aside(LiveContext live, TableCopy copy) {
        ReplicaStatus status = copy.status(live);
        copy.requireNotPassed(live, status);
        boolean isLeftOut = copy.filterWithout().isShownAs(status.filter());
        if (isLeftOut || TableCopy.isThere(live, status)) {
            return Look.done("the table is set aside, and the filter is " + status.filter());
        }
        List<String> missing = new ArrayList<>();
        if (status.applier().isRunning()) {
            missing.add(STOP);
        }
        missing.add(LEAVE_OUT);
        return StepLook.missing(live, "changes of the table are not left out", missing);
    }
}
