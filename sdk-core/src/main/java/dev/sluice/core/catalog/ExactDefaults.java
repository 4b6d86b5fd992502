// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks what defaults really are, where the table's definition may show something else. One thread at a time. */
record ExactDefaults(ServerSession session) {
    /** The outer join makes a row also where the table has none. */
    List<ExactDefault> read(TableName table, List<ColumnDefinition> columns) {
        String values = IntStream.range(0, columns.size())
                .mapToObj(
                        i -> "HEX(DEFAULT(t." + Quote.identifier(columns.get(i).name()) + ")) AS d" + i)
                .collect(Collectors.joining(", "));
        Row row = session.queryOne("SELECT " + values + " FROM (SELECT 1 AS one) o LEFT JOIN " + Quote.identifier(table)
                        + " t ON FALSE")
                .orElseThrow();
        return IntStream.range(0, columns.size())
                .filter(i -> row.find("d" + i).isPresent())
                .mapToObj(i -> new ExactDefault(
                        columns.get(i).name(),
                        columns.get(i).characterSet().isEmpty()
                                ? "binary"
                                : columns.get(i).characterSet(),
                        row.text("d" + i)))
                .toList();
    }
}
