// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
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
 * The copy takes the table's place, exactly where both stand, and replication goes on. The filter comes back before the table does, so that at no
 * moment a table is there whose changes are left out.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/rename-table.html">MySQL: RENAME TABLE</a>
 */
final class PutTableIn implements Step {
    private static final String STOP = "stop-applier";
    private static final String FILTER = "bring-filter-back";
    private static final String PUT_IN = "put-in";
    private static final String START = "start";

    @Override
    public StepKey key() {
        return ExternalEngine.key("put-table-in");
    }

    @Override
    public GuideStep row() {
        return GuideStep.PUT_TABLE_IN;
    }

    @Override
    public StepDraft compile(StepContext context) {
        TableCopy copy = new TableCopy(context);
        TablePlaces places = copy.places();
        return StepDraft.of(
                        new SqlOperation(
                                OperationInfo.changing(
                                        STOP, Target.REPLICA, "stop the applier, if it waits at the position"),
                                copy.stopApplier()),
                        new SqlOperation(
                                OperationInfo.changing(FILTER, Target.REPLICA, "bring the replication's filter back"),
                                copy.filter().statement()),
                        new SqlOperation(
                                OperationInfo.changing(
                                                PUT_IN,
                                                Target.REPLICA,
                                                "put the copy in the place of " + places.table())
                                        .disruptiveWith(Consent.TABLE_REPLACEMENT),
                                places.putIn(),
                                copy.unlogged()),
                        new SqlOperation(
                                OperationInfo.changing(START, Target.REPLICA, "start receiver and applier"),
                                Statement.of(copy.dialect().startReplica(Channel.NAME))))
                .note("The old rows stay in " + places.aside() + " until the comparison has found the copy equal.");
    }

    @Override
    public Look look(LiveContext live) {
        TableCopy copy = new TableCopy(live);
        return switch (copy.places().now(live.replicaSession())) {
            case SET_ASIDE -> atThePosition(live, copy);
            case REPLACED -> replaced(live, copy);
            case UNTOUCHED, COPIED, UNKNOWN -> throw copy.notAsLeft(live);
        };
    }

    private static Look atThePosition(LiveContext live, TableCopy copy) {
        ReplicaStatus status = copy.status(live);
        copy.requireNotPassed(live, status);
        if (!TableCopy.isThere(live, status)) {
            throw StepLook.changed(live, "the replica is not at the copy's position: " + status.reason());
        }
        List<String> missing = new ArrayList<>();
        if (status.applier().isRunning()) {
            missing.add(STOP);
        }
        if (!copy.filter().isShownAs(status.filter())) {
            missing.add(FILTER);
        }
        missing.add(PUT_IN);
        missing.add(START);
        return StepLook.missing(live, "the copy is not in its place", missing);
    }

    private static Look replaced(LiveContext live, TableCopy copy) {
        ReplicaStatus status = copy.status(live);
        if (!copy.filter().isShownAs(status.filter())) {
            throw new StepRefusedException(
                    Problem.of(ExternalErrorCode.FILTER_NOT_OF_PLAN, "The replica's filter is " + status.filter()));
        }
        return switch (status.health()) {
            case RUNNING -> Look.done("the copy is in its place, and the replica follows " + Channel.of(status));
            case CONNECTING, RECEIVER_RETRYING -> Look.unknown(status.reason());
            case RECEIVER_FAILED, APPLIER_FAILED, RECEIVER_STOPPED, APPLIER_STOPPED, STOPPED ->
                StepLook.missing(live, TableCopy.reason(live, status), List.of(START));
        };
    }
}
