// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.SharedRetention;
import java.time.Duration;
import java.util.Optional;

/**
 * How a plan raises the retention of the source's binary logs and lowers it again when the replica has caught up.
 *
 * @param before what the source has
 * @param raised what it is set to
 * @param relaxed what it goes down to
 */
record RetentionRaise(Retention before, Setting raised, Setting relaxed) {
    /** Empty if the plan asks for none, the source keeps its logs long enough, or the replica follows already. */
    static Optional<RetentionRaise> of(StepContext context) {
        Retention before = Retention.of(context.source());
        return context.replication()
                .binlogRetention()
                .filter(wanted -> !context.alreadyReplicating())
                .filter(wanted -> !before.isAtLeast(wanted))
                .filter(wanted -> wanted.compareTo(before.setting().longest()) <= 0)
                .map(wanted -> of(before, wanted, context.replication().retentionWhileReplicating()));
    }

    private static RetentionRaise of(Retention before, Duration wanted, Duration whileReplicating) {
        Setting raised = atLeastAsOthers(before, before.settingFor(wanted));
        Duration floor = whileReplicating.compareTo(wanted) > 0 ? wanted : whileReplicating;
        Setting relaxed = before.isAtLeast(floor)
                ? new Setting(before.source(), before.variable(), before.value())
                : before.settingFor(floor);
        return new RetentionRaise(before, raised, relaxed);
    }

    /** What another run has raised further is not lowered here. */
    private static Setting atLeastAsOthers(Retention before, Setting wanted) {
        return RetentionOfOthers.raised(before.source())
                .filter(theirs -> theirs > Long.parseLong(wanted.value()))
                .map(theirs -> new Setting(before.source(), before.variable(), theirs))
                .orElse(wanted);
    }

    /** The raised retention is what the plan wants while it replicates, too. */
    boolean staysRaised() {
        return raised.value().equals(relaxed.value());
    }

    /** Left to the other run where one needs the logs as well. */
    static Undo unlessNeeded(Undo undo) {
        OnlyIf only = undo.onlyIf().orElseThrow();
        return new Undo(
                undo.scope(),
                undo.purpose(),
                undo.statement(),
                new OnlyIf(SharedRetention.unlessNeeded(only.query()), only.expected()));
    }

    /** It goes back to what it was before. */
    boolean goesBack() {
        return relaxed.value().equals(Long.toString(before.value()));
    }
}
