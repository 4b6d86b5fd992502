// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.snapshot.ReadUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Proves that the units of a table hold each of its rows, and none twice. */
record EachRowOnce(Copies copies, TableDefinition table) {
    /** By the key, as the copy reads, and row by row. Returns the units. */
    List<RowUnit> inUnitsOf(long bytes) {
        MySqlSession session = copies.snapshot().readers().get(0);
        List<RowUnit> units =
                new UnitPlanner(copies.snapshot(), session, bytes, new Cancellation()).units(new TableCopy(table));
        try (ReadUnit unit = copies.snapshot().unit(session)) {
            long sum = units.stream()
                    .mapToLong(each -> count(unit.session(), each.part()))
                    .sum();
            assertThat(sum).as("rows of %s in %s", table.name(), units).isEqualTo(count(unit.session(), ""));
            units.stream()
                    .map(RowUnit::part)
                    .filter(part -> part.contains(" WHERE "))
                    .collect(Collectors.groupingBy(part -> part.replaceFirst(" FORCE INDEX .*", "")))
                    .forEach((partitions, parts) -> requireOneOf(unit.session(), partitions, parts));
        }
        return units;
    }

    private void requireOneOf(MySqlSession session, String partitions, List<String> parts) {
        String times = parts.stream()
                .map(part -> "(" + part.replaceFirst(".*? WHERE ", "") + ")")
                .collect(Collectors.joining(" + "));
        assertThat(count(session, partitions + " IGNORE INDEX (PRIMARY) WHERE NOT (" + times + ") <=> 1"))
                .as("rows of %s not in one of %s", table.name(), parts)
                .isZero();
    }

    private long count(MySqlSession session, String part) {
        return session.queryValue("SELECT COUNT(*) FROM " + Quote.identifier(table.name()) + part)
                .map(Long::parseLong)
                .orElseThrow();
    }
}
