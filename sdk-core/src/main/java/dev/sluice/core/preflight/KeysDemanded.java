// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Grants;
import java.util.List;
import java.util.stream.Stream;

/** A replica that demands primary keys, or makes them up, gets tables that have them, or a copy that may lift the demand. */
final class KeysDemanded implements LiveCheck {
    @Override
    public String id() {
        return "keys-demanded";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.KEYS_DEMANDED;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        List<String> on = Stream.of("sql_require_primary_key", "sql_generate_invisible_primary_key")
                .filter(context.replica()::isOn)
                .toList();
        if (on.isEmpty() || mayLift(context.replica()) || !PlanReach.copies(context)) {
            return List.of();
        }
        List<TableName> tables =
                KeylessTables.on(context.sourceSession(), context.replication().scope());
        return tables.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " has " + String.join("=ON and ", on)
                                + "=ON, and these tables have no primary key: " + Listing.of(tables)));
    }

    /** The copy lifts both in its own sessions, if it may; replicated changes are as the source demands. */
    private static boolean mayLift(ServerFacts replica) {
        return Grants.parse(replica.grants())
                .hasAny(List.of("SESSION_VARIABLES_ADMIN", "SYSTEM_VARIABLES_ADMIN", "SUPER"));
    }
}
