// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicationFilter;
import dev.sluice.core.mysql.ReplicationStop;
import dev.sluice.core.mysql.ReplicationThread;
import dev.sluice.core.mysql.UnloggedSession;
import java.util.List;

/**
 * What the rows of a copy of one table share: its tables, its filters, and the statements by which the applier is held.
 *
 * @param context of a {@link CopyTablePlan}
 */
record TableCopy(StepContext context) {
    CopyTablePlan plan() {
        if (context.plan() instanceof CopyTablePlan plan) {
            return plan;
        }
        throw new IllegalStateException("This plan copies no single table");
    }

    TablePlaces places() {
        return TablePlaces.of(plan());
    }

    Dialect dialect() {
        return Dialect.of(context.replica().version());
    }

    /** With which the replica follows its source. */
    ReplicationFilter filter() {
        return ReplicationFilter.of(plan().replication().scope());
    }

    /** With which it leaves the table out. */
    ReplicationFilter filterWithout() {
        return filter().leavingOut(plan().table());
    }

    Statement stopApplier() {
        return Statement.of(dialect().stop(ReplicationThread.APPLIER, Channel.NAME));
    }

    /** Keeps a statement out of the replica's own log: nobody follows it, and its GTIDs would be the replica's alone. */
    Statement unlogged() {
        return Statement.of(UnloggedSession.statement(context.replica()));
    }

    /**
     * Lets the applier go on, with the replication's filter and no other; as long as there is a table in the table's place. While there is none it must
     * stand still, or it would pass the copy's position.
     */
    Undo applierGoesOn() {
        return new Undo(
                UndoScope.GUARD,
                "let the applier go on, with the replication's filter",
                List.of(stopApplier(), filter().statement()),
                Statement.of(dialect().start(ReplicationThread.APPLIER, Channel.NAME)),
                places().isInPlace());
    }

    /** Stops the applier and brings the filter back: whoever starts it then stops at the first change of the table that is not there. */
    Undo filterComesBack() {
        return new Undo(
                UndoScope.GUARD,
                "stop the applier and bring the replication's filter back",
                List.of(stopApplier()),
                filter().statement(),
                leavesOut());
    }

    private Undo.OnlyIf leavesOut() {
        Channel channel = Channel.of(context.replica())
                .orElseThrow(() -> new IllegalStateException("No replication is configured"));
        return dialect().filtersByChannel()
                ? channel.stillThereAnd(context.replica(), countsEntries(), "1")
                : channel.stillThere(context.replica());
    }

    /** Of the filter, those that may be the table: names are shown joined by commas, which may be in names. */
    private String countsEntries() {
        return "SELECT COUNT(*) FROM performance_schema.replication_applier_filters WHERE CHANNEL_NAME = "
                + Quote.literal(Channel.NAME) + " AND FILTER_NAME = 'REPLICATE_IGNORE_TABLE' AND LOCATE("
                + Quote.literal(plan().table().toString()) + ", FILTER_RULE) > 0";
    }

    /**
     * What the replica says of its channel, which follows the plan's source.
     *
     * @throws StepRefusedException if it follows another one, or none
     */
    ReplicaStatus status(LiveContext live) {
        ReplicaStatus status = Channel.statusAsCompiled(live)
                .orElseThrow(() -> StepLook.changed(live, "no replication is configured any more"));
        if (Channel.of(status).follows(live.source()) == Channel.Follows.ANOTHER) {
            throw new StepRefusedException(Problem.of(
                    ExternalErrorCode.FOLLOWS_ANOTHER_SOURCE,
                    "The replica is configured to follow " + Channel.of(status)));
        }
        return status;
    }

    /** Why it does not run, with what a worker says of it. */
    static String reason(LiveContext live, ReplicaStatus status) {
        return status.health().isFailed()
                ? ReplicationStop.of(status, live.replicaSession())
                        .problems()
                        .get(0)
                        .what()
                : status.reason();
    }

    /** Where the copy stands in the source's log. */
    static BinlogPosition position(LiveContext live) {
        return live.coordinates()
                .orElseThrow(() -> new IllegalStateException("Where the copy stands is not known yet"))
                .position();
    }

    /** Whether the applier stands exactly where the copy does. */
    static boolean isThere(LiveContext live, ReplicaStatus status) {
        return status.applier().applied().filter(position(live)::equals).isPresent();
    }

    /**
     * That the applier has not gone further than the copy: changes of the table would be lost.
     *
     * @throws StepRefusedException POSITION_PASSED
     */
    void requireNotPassed(LiveContext live, ReplicaStatus status) {
        BinlogPosition copy = position(live);
        BinlogPosition applied = status.applier()
                .applied()
                .orElseThrow(() -> StepLook.changed(live, "the replica does not say what it has applied"));
        if (!applied.isOfSameSeries(copy) || applied.compareTo(copy) > 0) {
            throw new StepRefusedException(Problem.of(
                    ExternalErrorCode.POSITION_PASSED,
                    "The copy of " + plan().table() + " stands at " + copy + ", and the replica has applied "
                            + applied));
        }
    }

    /** That the tables are not as any of this plan's statements leaves them. */
    StepRefusedException notAsLeft(LiveContext live) {
        TablePlaces places = places();
        return new StepRefusedException(Problem.of(
                ExternalErrorCode.TABLES_MOVED,
                "Of " + places.table() + ", its copy " + places.copy() + " and the old one " + places.aside()
                        + " the replica has " + places.there(live.replicaSession())));
    }
}
