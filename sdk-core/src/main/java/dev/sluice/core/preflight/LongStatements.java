// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import java.util.List;
import java.util.Set;

/** No statement has been running for longer than the snapshot's lock may take. */
final class LongStatements implements LiveCheck {
    private static final Set<String> STATEMENTS = Set.of("Query", "Execute");
    private static final Set<String> NOT_PEOPLE = Set.of("system user", "event_scheduler");

    @Override
    public String id() {
        return "long-statements";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.LONG_STATEMENT;
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
        return context.sourceSession().query("SHOW PROCESSLIST").stream()
                .filter(LongStatements::isStatement)
                .filter(row -> row.number("Time") >= seconds)
                .map(row -> Problem.of(
                        code(),
                        "Session " + row.text("Id") + " of " + row.text("User") + " on " + Labels.source(context)
                                + " has been running a statement for " + row.text("Time") + " s"))
                .toList();
    }

    /** Appliers and the event scheduler wait in a statement for as long as nothing is to be done; GET_LOCK waits for no table. */
    private static boolean isStatement(Row row) {
        return STATEMENTS.contains(row.find("Command").orElse(""))
                && !NOT_PEOPLE.contains(row.find("User").orElse(""))
                && !row.find("State").orElse("").equals("User lock");
    }
}
