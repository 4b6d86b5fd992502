// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * No row is wider than what the replica takes. Only tables are looked at that could have such rows: those with columns for large values
 * that hold as many bytes in all. Each is measured for a second or two at most; that of some nobody could tell is a note.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-features-max-allowed-packet.html">MySQL: replication and
 *     max_allowed_packet</a>
 */
final class WidestRow extends NamedCheck {
    private static final int TABLES = 10;
    private static final int MEASURE_MILLIS = 1_500;
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
                .filter(row -> scope.includes(table(row)))
                .flatMap(row -> judged(context, row, limit))
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
        return "SELECT t.db, t.name, GROUP_CONCAT(c.col SEPARATOR '\n') AS cols FROM (SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name,"
                + " DATA_LENGTH AS size FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND DATA_LENGTH > "
                + limit
                + " AND " + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME")
                + ") t JOIN (SELECT TABLE_SCHEMA AS db,"
                + " TABLE_NAME AS name, COLUMN_NAME AS col FROM information_schema.COLUMNS WHERE DATA_TYPE IN " + LARGE
                + " AND "
                + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME")
                + ") c ON c.db = t.db AND c.name = t.name GROUP BY t.db, t.name, t.size ORDER BY t.size DESC LIMIT "
                + TABLES;
    }

    private static TableName table(Row row) {
        return TableName.of(row.text("db"), row.text("name"));
    }

    private Stream<Finding> judged(LiveContext context, Row row, long limit) {
        try {
            long widest = widest(context, row);
            return widest > limit
                    ? Stream.of(finding(
                            Level.WARNING,
                            "A row of " + table(row) + " takes " + widest + " bytes, and " + Labels.replica(context)
                                    + " takes " + limit))
                    : Stream.of();
        } catch (StepException tooLong) {
            return Stream.of(finding(
                    Level.NOTE,
                    "Whether a row of " + table(row) + " takes more than the " + limit + " bytes that "
                            + Labels.replica(context) + " takes could not be told in time: "
                            + tooLong.problems().get(0).what()));
        }
    }

    private static long widest(LiveContext context, Row row) {
        String bytes = Arrays.stream(row.text("cols").split("\n"))
                .map(column -> "COALESCE(OCTET_LENGTH(" + Quote.identifier(column) + "), 0)")
                .collect(Collectors.joining(" + "));
        return context.sourceSession()
                .queryValue("SELECT /*+ MAX_EXECUTION_TIME(" + MEASURE_MILLIS + ") */ MAX(" + bytes
                        + ") AS widest FROM " + Quote.identifier(table(row)))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private Finding finding(Level level, String what) {
        return new Finding(id(), level, Problem.of(code(), what));
    }
}
