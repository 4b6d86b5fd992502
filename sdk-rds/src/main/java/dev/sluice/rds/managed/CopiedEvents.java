// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.Sql;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The events that come along with a copy. Where its scheduler runs from the first moment on, they must not be enabled at all; where it does not,
 * they are disabled for being on a replica before anybody can switch it on.
 */
public final class CopiedEvents {
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]+");
    private static final String ENABLED = "SELECT EVENT_SCHEMA AS db, EVENT_NAME AS name FROM information_schema.EVENTS"
            + " WHERE STATUS = 'ENABLED' AND EVENT_SCHEMA NOT IN ('mysql', 'sys') ORDER BY 1, 2";

    private CopiedEvents() {}

    private static List<EventFacts> enabled(StepContext context) {
        return context.source().events().stream().filter(EventFacts::isEnabled).toList();
    }

    /** Why the source's events do not let it be copied. */
    static Optional<Problem> problem(StepContext context) {
        List<EventFacts> enabled = enabled(context);
        if (enabled.isEmpty()) {
            return Optional.empty();
        }
        if (context.replica().isOn("event_scheduler")) {
            return Optional.of(Problem.of(
                    CreationCode.EVENTS_ENABLED, "These events would run on the replica: " + names(enabled)));
        }
        List<EventFacts> changed =
                enabled.stream().filter(event -> !isKeptAsItIs(event)).toList();
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        CreationCode.EVENTS_ENABLED,
                        "These events cannot be disabled on the replica without changing the character set or the"
                                + " collation under which they were made: " + names(changed)));
    }

    private static String names(List<EventFacts> events) {
        return events.stream().map(event -> event.name().toString()).collect(Collectors.joining(", "));
    }

    /** ALTER EVENT gives the event the session's character set and collation, and the database's collation of now. */
    private static boolean isKeptAsItIs(EventFacts event) {
        String client = event.characterSetClient();
        String all = event.name().toString() + event.definerUser() + event.definerHost();
        boolean readable = client.startsWith("utf8")
                || (!client.equals("swe7") && all.chars().allMatch(c -> c < 128));
        return event.hasDatabasesCollation()
                && readable
                && WORD.matcher(client + event.collationConnection()).matches();
    }

    /** What disables them on the copy; nothing where the source has none. */
    public static List<Operation> operations(StepContext context) {
        ServerVersion version = context.replica().version();
        return enabled(context).stream()
                .<Operation>map(event -> disabling(event, version))
                .toList();
    }

    private static SqlOperation disabling(EventFacts event, ServerVersion version) {
        String how = version.isAtLeast(8, 1, 0) ? " DISABLE ON REPLICA" : " DISABLE ON SLAVE";
        return new SqlOperation(
                OperationInfo.changing(id(event.name()), Target.REPLICA, "let the event not run on the replica"),
                Sql.text("ALTER DEFINER = ")
                        .account(event.definerUser(), event.definerHost())
                        .text(" EVENT " + Quote.identifier(event.name()) + how)
                        .build(),
                Statement.of("SET SESSION character_set_client = " + event.characterSetClient()
                        + ", collation_connection = " + event.collationConnection()));
    }

    private static String id(TableName event) {
        return "disable " + Quote.identifier(event);
    }

    /**
     * The operations that are still to be done on the copy.
     *
     * @throws StepRefusedException if events are enabled there and its scheduler runs them, or may have
     */
    public static List<String> missing(LiveContext context) {
        ServerSession replica = context.replicaSession();
        List<String> missing = replica.query(ENABLED).stream()
                .map(row -> id(TableName.of(row.text("db"), row.text("name"))))
                .toList();
        boolean runs = replica.queryValue("SELECT @@GLOBAL.event_scheduler")
                .filter(value -> value.equals("ON") || value.equals("1"))
                .isPresent();
        if (runs && !missing.isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    CreationCode.EVENTS_ENABLED,
                    "The new server " + context.plan().replica().label() + " runs events, and may have changed rows: "
                            + missing.size() + " are enabled"));
        }
        return missing;
    }
}
