// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * No event of the scope runs on both servers. A copy brings them disabled; what somebody else has loaded, or enabled since, may have them
 * enabled. Triggers need no such look: a replica does not fire them for rows.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-features-invoked.html">MySQL: replication of invoked features</a>
 */
final class EventsTwice extends NamedCheck {
    EventsTwice() {
        super("events-run-twice", LoadCode.EVENTS_TWICE, Level.WARNING);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        boolean loaded =
                context.alreadyReplicating() || context.replication().start().isPresent();
        if (!loaded || !context.replica().isOn("event_scheduler") || !PlanReach.replicates(context)) {
            return List.of();
        }
        Scope scope = context.replication().scope();
        Set<String> both = enabled(context.replicaSession(), scope);
        if (!both.isEmpty()) {
            both.retainAll(enabled(context.sourceSession(), scope));
        }
        return both.isEmpty() ? List.of() : List.of(problem(context, both));
    }

    private Problem problem(LiveContext context, Set<String> events) {
        return Problem.of(
                code(),
                Labels.capital(Labels.replica(context)) + " runs the source's events " + Listing.of(events),
                events.stream()
                        .limit(20)
                        .map(event -> "ALTER EVENT " + event + " DISABLE ON SLAVE")
                        .collect(Collectors.joining("; ", "On the replica: ", "")));
    }

    private static Set<String> enabled(ServerSession session, Scope scope) {
        List<String> names = session
                .query(
                        "SELECT EVENT_SCHEMA AS db, EVENT_NAME AS name FROM information_schema.EVENTS WHERE STATUS = 'ENABLED' AND "
                                + ScopeSql.wholeDatabases(scope, "EVENT_SCHEMA"))
                .stream()
                .map(row -> Quote.identifier(TableName.of(row.text("db"), row.text("name"))))
                .toList();
        return new TreeSet<>(names);
    }
}
