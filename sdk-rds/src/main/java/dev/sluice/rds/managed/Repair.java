// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.Sql;
import dev.sluice.rds.managed.ManagedWish.NextLog;
import dev.sluice.rds.managed.ManagedWish.SkipError;
import dev.sluice.rds.managed.ManagedWish.SkipTransaction;
import java.util.List;
import java.util.Optional;

/**
 * Leaves changes out by which a replica that follows already is stuck, as the plan says. Nothing is left out on a replica that runs.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.CommonDBATasks.SkipError.html">AWS: skipping the
 *     current replication error</a>
 */
final class Repair {
    static final String SKIP = "skip-changes";

    private final ManagedKind kind;
    private final StepContext context;

    Repair(ManagedKind kind, StepContext context) {
        this.kind = kind;
        this.context = context;
    }

    StepDraft addTo(StepDraft draft) {
        StepDraft skipping = skipTransaction(skipError(nextLog(draft)));
        return skipping.operations().equals(draft.operations())
                ? skipping
                : skipping.note(
                        "What is skipped is lost on the replica, which then differs from its source. It cannot be undone.");
    }

    private StepDraft skipError(StepDraft draft) {
        if (kind.wish(context, SkipError.class).isEmpty()) {
            return draft;
        }
        return followsGtids()
                ? draft.problem(WishRules.notOffered(
                        kind,
                        "skip an error by its place in the log",
                        "it follows GTIDs: name the transaction instead"))
                : draft.and(ManagedDialect.call(
                        info("leave out the change at which the applier stopped"), ManagedDialect.SKIP_ERROR));
    }

    private boolean followsGtids() {
        return context.replica().channels().stream().anyMatch(ChannelFacts::autoPosition);
    }

    private StepDraft skipTransaction(StepDraft draft) {
        Optional<SkipTransaction> wish = kind.wish(context, SkipTransaction.class);
        return wish.isEmpty()
                ? draft
                : draft.and(ManagedDialect.call(
                        info("leave out the transaction " + wish.get().gtid()),
                        ManagedDialect.SKIP_TRANSACTION,
                        Sql.text("CALL mysql." + ManagedDialect.SKIP_TRANSACTION + "(")
                                .literal(wish.get().gtid().toString())
                                .text(")")
                                .build()));
    }

    private StepDraft nextLog(StepDraft draft) {
        Optional<NextLog> wish = kind.wish(context, NextLog.class);
        Optional<Routine> next = ManagedDialect.of(context.replica()).nextLog();
        return wish.isEmpty() || next.isEmpty()
                ? draft
                : draft.and(ManagedDialect.call(
                                info("leave out the rest of the log file that cannot be read"),
                                next.get().name(),
                                Statement.of("CALL mysql." + next.get().name() + "("
                                        + wish.get().index() + ")")))
                        .note(
                                "The procedure takes it for granted that the source's log files are called mysql-bin-changelog.");
    }

    private static OperationInfo info(String purpose) {
        return OperationInfo.changing(SKIP, Target.REPLICA, purpose).disruptiveWith(Consent.SKIPPED_CHANGES);
    }

    /** What to do about a channel that is stuck; empty if the plan says nothing about it. */
    Optional<List<String>> missing(ReplicaStatus status) {
        boolean applierStuck = status.health() == ReplicaHealth.APPLIER_FAILED;
        boolean receiverStuck = status.health() == ReplicaHealth.RECEIVER_FAILED;
        if (applierStuck && kind.wish(context, SkipError.class).isPresent()) {
            return Optional.of(List.of(SKIP));
        }
        if (receiverStuck && kind.wish(context, NextLog.class).isPresent()) {
            return Optional.of(List.of(SKIP));
        }
        boolean transaction = kind.wish(context, SkipTransaction.class)
                .filter(skip -> !status.executed().contains(skip.gtid()))
                .isPresent();
        return applierStuck && transaction
                ? Optional.of(List.of(ReplicationStart.STOP_HALF, SKIP, ReplicationStart.START))
                : Optional.empty();
    }
}
