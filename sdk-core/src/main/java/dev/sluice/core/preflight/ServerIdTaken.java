// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Dialect;
import java.util.List;

/** No other replica of the source has the replica's server id, unless the plan gives it another. */
final class ServerIdTaken extends NamedCheck {
    private final List<CompiledStep> steps;

    ServerIdTaken(List<CompiledStep> steps) {
        super("server-id-taken", LogCode.SERVER_ID_TAKEN, Level.ERROR);
        this.steps = steps;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.beginsReplication(context) || ServerIdsEqual.isChangedBy(steps)) {
            return List.of();
        }
        Dialect dialect = Dialect.of(context.source().version());
        return context.sourceSession().query(dialect.showReplicas()).stream()
                .filter(row -> isAnotherWithItsId(row, context))
                .map(row -> Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " has server_id " + row.text("Server_Id")
                                + ", and so has " + uuid(row) + ", which follows " + Labels.source(context)))
                .toList();
    }

    private static boolean isAnotherWithItsId(Row row, LiveContext context) {
        return row.number("Server_Id") == context.replica().serverId()
                && !uuid(row).equalsIgnoreCase(context.replica().serverUuid());
    }

    private static String uuid(Row row) {
        return row.findAny("Replica_UUID", "Slave_UUID").orElse("another server");
    }
}
