// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicationFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why one table cannot be left out for a while and come back: what would be refused, cascade or stay behind while it is missing, and what would hide
 * that it is. Thread-safe: no state.
 */
final class TableObstacles {
    private static final String ROW = "ROW";

    private TableObstacles() {}

    /** As far as facts tell. */
    static List<Problem> inFacts(StepContext context) {
        List<Problem> problems = new ArrayList<>();
        if (Channel.of(context.replica()).isEmpty()) {
            problems.add(Problem.of(
                    ExternalErrorCode.NOTHING_TO_START,
                    "No replication is configured on the replica "
                            + context.replica().address()));
        }
        context.source()
                .variable("binlog_format")
                .filter(format -> !format.equalsIgnoreCase(ROW))
                .ifPresent(format -> problems.add(Problem.of(
                        ExternalErrorCode.LOGS_STATEMENTS,
                        "binlog_format is " + format + " on " + context.source().address())));
        if (context.replica().channels().size() > 1) {
            problems.add(Problem.of(
                    ExternalErrorCode.MORE_CHANNELS,
                    "The replica has " + context.replica().channels().size() + " channels"));
        }
        if (!context.replica().attachedReplicas().isEmpty()) {
            problems.add(Problem.of(
                    ExternalErrorCode.REPLICA_IS_FOLLOWED,
                    "Servers with these ids replicate from the replica: "
                            + context.replica().attachedReplicas()));
        }
        return problems;
    }

    /**
     * That nothing is in the way on either server, before anything is changed.
     *
     * @throws StepRefusedException with the first thing that is
     */
    static void require(LiveContext live, TableCopy copy, TablePlaces.Now now) {
        if (now != TablePlaces.Now.UNTOUCHED) {
            throw copy.notAsLeft(live);
        }
        TableName table = copy.plan().table();
        requirePlain(live.sourceSession(), "source", table);
        requirePlain(live.replicaSession(), "replica", table);
        requireFilter(live, copy.filter(), copy.status(live));
        requireErrorsStop(live);
    }

    /**
     * That the table, and its copy, can be moved: the definitions may have changed since it was looked at first.
     *
     * @throws StepRefusedException if one of them has foreign keys or triggers
     */
    static void requireMovable(LiveContext live, TablePlaces places) {
        requirePlain(live.replicaSession(), "replica", places.table());
        requirePlain(live.replicaSession(), "replica", places.copy());
    }

    private static void requirePlain(ServerSession session, String role, TableName table) {
        if (!isBaseTable(session, table)) {
            throw refused(ExternalErrorCode.NO_SUCH_TABLE, "The " + role + " has no base table " + table);
        }
        List<String> keys = foreignKeys(session, table);
        if (!keys.isEmpty()) {
            throw refused(
                    ExternalErrorCode.TABLE_HAS_FOREIGN_KEYS,
                    "On the " + role + ", " + table + " has the foreign keys " + String.join(", ", keys));
        }
        List<String> triggers = names(
                session,
                "SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = "
                        + Quote.literal(table.database()) + " AND EVENT_OBJECT_TABLE = "
                        + Quote.literal(table.table()));
        if (!triggers.isEmpty()) {
            throw refused(
                    ExternalErrorCode.TABLE_HAS_TRIGGERS,
                    "On the " + role + ", " + table + " has the triggers " + String.join(", ", triggers));
        }
    }

    private static boolean isBaseTable(ServerSession session, TableName table) {
        return session.queryValue("SELECT TABLE_TYPE FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                        + Quote.literal(table.database()) + " AND TABLE_NAME = " + Quote.literal(table.table()))
                .filter("BASE TABLE"::equals)
                .isPresent();
    }

    /** Of this table, and those of others that refer to it. */
    private static List<String> foreignKeys(ServerSession session, TableName table) {
        String database = Quote.literal(table.database());
        String name = Quote.literal(table.table());
        return names(
                session,
                "SELECT CONSTRAINT_NAME AS name FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE (CONSTRAINT_SCHEMA = "
                        + database + " AND TABLE_NAME = " + name + ") OR (UNIQUE_CONSTRAINT_SCHEMA = " + database
                        + " AND REFERENCED_TABLE_NAME = " + name + ")");
    }

    private static List<String> names(ServerSession session, String query) {
        return session.query(query).stream()
                .map(row -> row.text("name"))
                .sorted()
                .collect(Collectors.toList());
    }

    /** Any other one may let the table through whatever is ignored, and could not be brought back for certain. */
    private static void requireFilter(LiveContext live, ReplicationFilter filter, ReplicaStatus status) {
        if (!filter.isShownAs(status.filter())) {
            throw refused(
                    ExternalErrorCode.FILTER_NOT_OF_PLAN,
                    "The filter of the replica " + live.replica().address() + " is " + status.filter()
                            + ", and the plan's is " + filter);
        }
    }

    /** While the table is missing, an applier that comes to a change of it has to stop. */
    private static void requireErrorsStop(LiveContext live) {
        GlobalVariables skipped =
                GlobalVariables.read(live.replicaSession(), "slave_skip_errors", "replica_skip_errors");
        Optional<String> hides = List.of("slave_skip_errors", "replica_skip_errors").stream()
                .flatMap(name -> skipped.find(name).stream())
                .filter(value -> !value.equalsIgnoreCase("OFF") && !value.isEmpty())
                .findFirst();
        hides.ifPresent(value -> {
            throw refused(ExternalErrorCode.ERRORS_SKIPPED, "The replica passes over the errors " + value);
        });
    }

    private static StepRefusedException refused(ExternalErrorCode code, String what) {
        return new StepRefusedException(Problem.of(code, what));
    }
}
