// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.ServerErrorCode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * No row is wider than what the replica takes. Only tables are looked at that could have such rows: those with columns for large values
 * that hold as many bytes in all. Each is measured for a second or two at most; those of which nobody could tell in that time are notes.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-features-max-allowed-packet.html">MySQL: replication and
 *     max_allowed_packet</a>
 */
final class WidestRow extends NamedCheck {
    private static final int TABLES = 10;
    private static final int MEASURE_MILLIS = 1_500;

    /** How servers say that a statement has had its time. */
    private static final Set<ErrorCode> TOO_LONG = Set.of(ServerErrorCode.TIME_LIMIT, ServerErrorCode.STATEMENT_KILLED);

    private static final String LARGE = "('mediumblob', 'mediumtext', 'longblob', 'longtext', 'json')";

    WidestRow() {
        super("widest-row", LoadCode.ROWS_WIDE, Level.WARNING);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        return examine(context).stream().map(Finding::problem).toList();
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        long limit = limit(context.replica());
        if (limit == 0 || context.alreadyReplicating()) {
            return List.of();
        }
        Scope scope = context.replication().scope();
        return context.sourceSession().query(candidates(scope, limit)).stream()
                .map(WidestRow::table)
                .filter(scope::includes)
                .flatMap(table -> judged(context, table, limit))
                .toList();
    }

    /** A changed row travels with its old values, too, so that two of its kind fit into what the receiver takes. */
    private static long limit(ServerFacts replica) {
        return Stream.concat(
                        replica.variable("max_allowed_packet").map(Long::parseLong).stream(),
                        Stream.of("replica_max_allowed_packet", "slave_max_allowed_packet")
                                .flatMap(name -> replica.variable(name).stream())
                                .map(size -> Long.parseLong(size) / 2))
                .min(Long::compare)
                .orElse(0L);
    }

    private static String candidates(Scope scope, long limit) {
        return "SELECT t.db, t.name FROM (SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name,"
                + " DATA_LENGTH AS size FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND DATA_LENGTH > "
                + limit
                + " AND " + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME")
                + ") t JOIN (SELECT DISTINCT TABLE_SCHEMA AS db, TABLE_NAME AS name"
                + " FROM information_schema.COLUMNS WHERE DATA_TYPE IN " + LARGE
                + " AND "
                + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME")
                + ") c ON c.db = t.db AND c.name = t.name ORDER BY t.size DESC LIMIT "
                + TABLES;
    }

    /** A row each: the names of many columns are longer than a server's group_concat_max_len. */
    private static List<String> columns(LiveContext context, TableName table) {
        return context
                .sourceSession()
                .query("SELECT COLUMN_NAME AS col FROM information_schema.COLUMNS WHERE DATA_TYPE IN " + LARGE
                        + " AND TABLE_SCHEMA = " + Quote.literal(table.database())
                        + " AND TABLE_NAME = " + Quote.literal(table.table()))
                .stream()
                .map(row -> row.text("col"))
                .toList();
    }

    private static TableName table(Row row) {
        return TableName.of(row.text("db"), row.text("name"));
    }

    private Stream<Finding> judged(LiveContext context, TableName table, long limit) {
        try {
            long widest = widest(context, table);
            return widest > limit
                    ? Stream.of(finding(
                            Level.WARNING,
                            "A row of " + table + " takes " + widest + " bytes, and " + Labels.replica(context)
                                    + " takes " + limit))
                    : Stream.of();
        } catch (StepException unknown) {
            Problem why = unknown.problems().get(0);
            boolean tooLong = TOO_LONG.contains(why.code());
            return Stream.of(finding(
                    tooLong ? Level.NOTE : Level.WARNING,
                    "Whether a row of " + table + " takes more than the " + limit + " bytes that "
                            + Labels.replica(context) + " takes could not be told" + (tooLong ? " in time: " : ": ")
                            + why.what()));
        }
    }

    private static long widest(LiveContext context, TableName table) {
        String bytes = columns(context, table).stream()
                .map(column -> "COALESCE(OCTET_LENGTH(" + Quote.identifier(column) + "), 0)")
                .collect(Collectors.joining(" + "));
        return bytes.isEmpty()
                ? 0
                : context.sourceSession()
                        .queryValue("SELECT /*+ MAX_EXECUTION_TIME(" + MEASURE_MILLIS + ") */ MAX(" + bytes
                                + ") AS widest FROM " + Quote.identifier(table))
                        .map(Long::parseLong)
                        .orElse(0L);
    }

    private Finding finding(Level level, String what) {
        return new Finding(id(), level, Problem.of(code(), what));
    }
}
