// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.ApplierStop;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Statement.CoordinatesHole;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.spi.ApplierStops;
import dev.sluice.api.spi.RequiredPrivilege;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.ChannelGuard;
import dev.sluice.core.mysql.Sql;
import java.util.List;
import java.util.Optional;

/**
 * The procedures stop and start both halves of replication, and start it until a position only where one worker applies. What they refuse is
 * refused here before anything is stopped, as far as the server shows it.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-replicating.html">AWS:
 *     mysql.rds_start_replication_until</a>
 */
final class StopAtPosition implements ApplierStops {
    @Override
    public Optional<Problem> refusal(StepContext context) {
        ManagedDialect dialect = ManagedDialect.of(context.replica());
        if (context.replication().replica().providersAccount().isPresent()
                || ManagedSteps.isManagedReplica(context.replica())) {
            return refused("AWS itself replicates to it, and lets nobody stop it at a position");
        }
        if (!dialect.has(ManagedDialect.START_UNTIL, 2)
                || !dialect.has(ManagedDialect.STOP, 0)
                || !dialect.has(ManagedDialect.START, 0)) {
            return refused("it offers no procedure mysql." + ManagedDialect.START_UNTIL);
        }
        long workers = dialect.parallelWorkers();
        return workers > 1
                ? refused("it applies with " + workers + " workers, and mysql." + ManagedDialect.START_UNTIL
                        + " takes one")
                : Optional.empty();
    }

    private static Optional<Problem> refused(String why) {
        return Optional.of(
                Problem.of(ManagedErrorCode.NOT_AT_A_POSITION, "The replica cannot be stopped at a position: " + why));
    }

    @Override
    public ApplierStop statements(StepContext context) {
        Statement stop = Statement.of("CALL mysql." + ManagedDialect.STOP);
        Statement start = Statement.of("CALL mysql." + ManagedDialect.START);
        ChannelGuard guard = new ChannelGuard(context.replica().version(), Channel.NAME);
        Channel channel = Channel.wantedBy(context);
        return new ApplierStop(
                stop,
                Sql.text("CALL mysql." + ManagedDialect.START_UNTIL + "(")
                        .coordinates(Slot.VERIFICATION_COORDINATES, CoordinatesHole.Field.FILE)
                        .text(", ")
                        .coordinates(Slot.VERIFICATION_COORDINATES, CoordinatesHole.Field.POSITION)
                        .text(")")
                        .build(),
                start,
                List.of(
                        new Undo(
                                UndoScope.GUARD,
                                "start replication again",
                                start,
                                guard.receiver(channel.user(), channel.address(), false)),
                        new Undo(
                                UndoScope.GUARD,
                                "take back where replication is to stop",
                                stop,
                                guard.receiver(channel.user(), channel.address(), true))));
    }

    @Override
    public List<RequiredPrivilege> privileges(StepContext context) {
        return List.of(ManagedDialect.execute(Target.REPLICA));
    }
}
