// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * In no table does the replica look for changed rows by a spatial index, where it does not find them all.
 *
 * <p>Without a primary key and a unique one without NULL an applier takes the first index that can be read in order, as the table lists
 * them: not a FULLTEXT one, not one that is invisible, but a spatial one. From 8.0 on that is so only if the index's column is bound to one
 * spatial reference system, since servers use no other spatial index for anything.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/creating-spatial-indexes.html">MySQL: spatial indexes and SRID</a>
 */
final class FoundBySpatialKey extends NamedCheck {
    FoundBySpatialKey() {
        super("found-by-spatial-key", CheckCode.FOUND_BY_SPATIAL_KEY, Level.ERROR);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        boolean onlyBound = knowsSrid(context.replica().version());
        if (!PlanReach.beginsReplication(context)
                || (onlyBound && !knowsSrid(context.source().version()))) {
            return List.of();
        }
        ServerSession source = context.sourceSession();
        List<TableName> tables = spatialWithoutKey(source, context.replication().scope()).stream()
                .filter(table -> isSearchedBySpatialIndex(source, table, onlyBound))
                .toList();
        return tables.isEmpty()
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.replica(context)) + " would look for changed rows by a spatial index in "
                                + Listing.of(tables)));
    }

    private static boolean knowsSrid(ServerVersion version) {
        return version.isAtLeast(8, 0, 3);
    }

    /** There are few of them, if any, so that each can be looked at on its own. */
    private static List<TableName> spatialWithoutKey(ServerSession source, Scope scope) {
        Set<TableName> spatial = source
                .query("SELECT DISTINCT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.STATISTICS"
                        + " WHERE INDEX_TYPE = 'SPATIAL' AND "
                        + ScopeSql.tables(scope, "TABLE_SCHEMA", "TABLE_NAME"))
                .stream()
                .map(row -> TableName.of(row.text("db"), row.text("name")))
                .collect(Collectors.toUnmodifiableSet());
        return spatial.isEmpty()
                ? List.of()
                : KeylessTables.on(source, scope).stream()
                        .filter(spatial::contains)
                        .toList();
    }

    /** Servers show a table's indexes in the order in which an applier tries them. */
    private static boolean isSearchedBySpatialIndex(ServerSession source, TableName table, boolean onlyBound) {
        Predicate<Row> counts = onlyBound ? isOn(boundColumns(source, table)) : index -> true;
        return source.query("SHOW INDEX FROM " + Quote.identifier(table)).stream()
                .filter(index -> !isType(index, "FULLTEXT") && isVisible(index))
                .filter(index -> !isType(index, "SPATIAL") || counts.test(index))
                .findFirst()
                .filter(index -> isType(index, "SPATIAL"))
                .isPresent();
    }

    private static Set<String> boundColumns(ServerSession source, TableName table) {
        return source
                .query("SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE SRS_ID IS NOT NULL"
                        + " AND TABLE_SCHEMA = " + Quote.literal(table.database()) + " AND TABLE_NAME = "
                        + Quote.literal(table.table()))
                .stream()
                .map(row -> row.text("name"))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Predicate<Row> isOn(Set<String> columns) {
        return index -> columns.contains(index.text("Column_name"));
    }

    private static boolean isType(Row index, String type) {
        return index.text("Index_type").equals(type);
    }

    /** Before 8.0 all are. */
    private static boolean isVisible(Row index) {
        return !index.find("Visible").orElse("YES").equals("NO");
    }
}
