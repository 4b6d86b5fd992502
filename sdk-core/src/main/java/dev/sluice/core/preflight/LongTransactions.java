// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.SessionViews;
import java.util.List;

/** No transaction has been open for longer than the snapshot's lock may take. */
final class LongTransactions implements LiveCheck {
    @Override
    public String id() {
        return "long-transactions";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.LONG_TRANSACTION;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.copies(context)) {
            return List.of();
        }
        long seconds = context.replication().lockWindow().toSeconds();
        return context
                .sourceSession()
                .query("SELECT x.id AS id, x.seconds AS seconds FROM "
                        + SessionViews.of(
                                        context.sourceSession(),
                                        context.source().version())
                                .transactions()
                        + " x WHERE x.id <> CONNECTION_ID() AND x.seconds >= " + seconds
                        + " ORDER BY x.seconds DESC LIMIT 20")
                .stream()
                .map(row -> Problem.of(
                        code(),
                        "Session " + row.text("id") + " on " + Labels.source(context)
                                + " has had a transaction open for " + row.text("seconds") + " s"))
                .toList();
    }
}
