// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** Tells which transactions only the replica has. Those with the source's own numbers are another matter: see {@link ReplicaAhead}. */
final class OwnTransactions extends NamedRule {
    OwnTransactions() {
        super("own-transactions", LogCode.OWN_TRANSACTIONS, Level.NOTE);
    }

    @Override
    public List<Problem> problems(StepContext context) {
        if (context.positioning() != Positioning.GTID || !PlanReach.beginsReplication(context)) {
            return List.of();
        }
        MySqlGtidSet replica = MySqlGtidSet.parse(context.replica().gtidExecuted());
        MySqlGtidSet own = replica.minus(replica.of(context.source().serverUuid()))
                .minus(MySqlGtidSet.parse(context.source().gtidExecuted()));
        return own.isEmpty() ? List.of() : told(Labels.replica(context), List.of("transactions of its own: " + own));
    }
}
