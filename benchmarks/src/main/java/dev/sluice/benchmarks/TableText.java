// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A table's definition taken apart.
 *
 * @param whole as the server tells it
 * @param bare without the indexes that can wait
 * @param indexes the lines of those
 * @param columns names in order, quoted
 * @param documents the columns of type JSON among them
 */
record TableText(String whole, String bare, List<String> indexes, List<String> columns, List<String> documents) {
    /** Reads what {@code SHOW CREATE TABLE} gives of the tables that the data sets make: one column or index a line. */
    static TableText of(String create) {
        List<String> kept = new ArrayList<>();
        List<String> indexes = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        List<String> lines = create.lines().toList();
        for (String line : lines.subList(1, lines.size() - 1)) {
            String part = line.strip().replaceAll(",$", "");
            (part.startsWith("KEY ") ? indexes : kept).add(part);
            if (part.startsWith("`")) {
                String name = part.substring(0, part.indexOf('`', 1) + 1);
                columns.add(name);
                if (part.startsWith(name + " json")) {
                    documents.add(name);
                }
            }
        }
        String bare = lines.get(0) + String.join(", ", kept) + lines.get(lines.size() - 1);
        return new TableText(create, bare, indexes, columns, documents);
    }
}
