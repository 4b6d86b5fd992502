// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.api.spi.StepKey;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import dev.sluice.core.mysql.ReplicationThread;
import java.util.ArrayList;
import java.util.List;

/**
 * The applier has applied everything but the table's changes up to the copy's position, and not one change more.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/start-replica.html">MySQL: START REPLICA … UNTIL</a>
 */
final class ReachCopy implements Step {
    private static final String START_RECEIVER = "start-receiver";
    private static final String RUN_UNTIL = "run-until";

    @Override
    public StepKey key() {
        return ExternalEngine.key("reach-copy");
    }

    @Override
    public GuideStep row() {
        return GuideStep.REACH_COPY;
    }

    @Override
    public StepDraft compile(StepContext context) {
        TableCopy copy = new TableCopy(context);
        return StepDraft.of(
                        new SqlOperation(
                                OperationInfo.changing(
                                        START_RECEIVER, Target.REPLICA, "start the receiver, if it does not run"),
                                Statement.of(copy.dialect().start(ReplicationThread.RECEIVER, Channel.NAME))),
                        new SqlOperation(
                                OperationInfo.changing(
                                        RUN_UNTIL, Target.REPLICA, "run the applier until exactly the copy's position"),
                                copy.dialect().startApplierUntil(Slot.SNAPSHOT_COORDINATES, Channel.NAME)))
                .note(
                        "If another change cannot be applied, the run fails; when its cause is gone, resume the run: it goes on to the same"
                                + " position, with the same copy.");
    }

    @Override
    public Look look(LiveContext live) {
        TableCopy copy = new TableCopy(live);
        return switch (copy.places().now(live.replicaSession())) {
            case SET_ASIDE -> onTheWay(live, copy);
            case REPLACED -> Look.done("the copy is in its place already");
            case UNTOUCHED, COPIED, UNKNOWN -> throw copy.notAsLeft(live);
        };
    }

    private static Look onTheWay(LiveContext live, TableCopy copy) {
        ReplicaStatus status = copy.status(live);
        copy.requireNotPassed(live, status);
        if (TableCopy.isThere(live, status)) {
            return Look.done("the applier stands at " + TableCopy.position(live));
        }
        requireLeftOut(copy, status);
        List<String> missing = new ArrayList<>();
        if (status.receiver().state() == ReceiverState.STOPPED) {
            missing.add(START_RECEIVER);
        }
        if (!status.applier().isRunning()) {
            missing.add(RUN_UNTIL);
        }
        return missing.isEmpty() ? runs(live, status) : StepLook.missing(live, evidence(live, status), missing);
    }

    /** A replica that was restarted meanwhile has lost its filter, and, if it runs, where it was to stop. */
    private static void requireLeftOut(TableCopy copy, ReplicaStatus status) {
        if (!copy.filterWithout().isShownAs(status.filter())) {
            throw new StepRefusedException(Problem.of(
                    ExternalErrorCode.FILTER_NOT_OF_PLAN,
                    "The filter is " + status.filter() + ", and " + copy.plan().table() + " is to be left out"));
        }
    }

    /** Gives up where waiting is in vain, as after a receiver's failure. */
    private static Look runs(LiveContext live, ReplicaStatus status) {
        String behind = live.replicaBehind().map(why -> "; " + why).orElse("");
        return Look.unknown(evidence(live, status) + behind);
    }

    private static String evidence(LiveContext live, ReplicaStatus status) {
        return "the replica has applied "
                + status.applier().applied().map(Object::toString).orElse("nothing") + " and is to come to "
                + TableCopy.position(live) + ": " + TableCopy.reason(live, status);
    }
}
