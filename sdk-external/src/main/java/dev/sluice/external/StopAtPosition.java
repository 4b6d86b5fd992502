// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.ApplierStop;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.spi.ApplierStops;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicationThread;
import java.util.List;
import java.util.Optional;

/**
 * The applier alone is stopped and run until a position; the receiver goes on fetching. With several workers the server stops as exactly.
 * Taken back, the applier is stopped first: one that was left with a position to stop at would stop there, and start it no more.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/start-replica.html">MySQL: START REPLICA … UNTIL</a>
 */
final class StopAtPosition implements ApplierStops {
    @Override
    public Optional<Problem> refusal(StepContext context) {
        return Optional.empty();
    }

    @Override
    public ApplierStop statements(StepContext context) {
        Dialect dialect = Dialect.of(context.replica().version());
        Statement stop = Statement.of(dialect.stop(ReplicationThread.APPLIER, Channel.NAME));
        Statement start = Statement.of(dialect.start(ReplicationThread.APPLIER, Channel.NAME));
        Undo.OnlyIf stillThere = new Channel(
                        context.sourceAsSeenByReplica(), context.account().user(), "")
                .stillThere(context.replica());
        return new ApplierStop(
                stop,
                dialect.startApplierUntil(Slot.VERIFICATION_COORDINATES, Channel.NAME),
                start,
                List.of(
                        new Undo(UndoScope.GUARD, "start the applier again", start, stillThere),
                        new Undo(UndoScope.GUARD, "take back where the applier is to stop", stop, stillThere)));
    }

    @Override
    public List<RequiredPrivilege> privileges(StepContext context) {
        return List.of(new RequiredPrivilege(
                Target.REPLICA,
                Dialect.of(context.replica().version()).replicationAdminPrivileges(),
                "to stop the applier at a position"));
    }
}
