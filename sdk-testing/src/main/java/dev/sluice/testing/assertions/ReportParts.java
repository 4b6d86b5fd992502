// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.api.document.Document;
import dev.sluice.api.plan.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all processes have told of a run in its report, so that a resumed run is asserted about as a whole.
 *
 * @param parts one of each process, in order
 */
record ReportParts(List<Document> parts) {
    static ReportParts of(Document report) {
        List<Document> parts = new ArrayList<>(report.list("earlier", part -> part));
        parts.add(report);
        return new ReportParts(parts);
    }

    List<Document> steps() {
        return parts.stream()
                .flatMap(part -> part.list("steps", step -> step).stream())
                .toList();
    }

    /** The last comparison. */
    Optional<Document> verification() {
        return parts.stream()
                .flatMap(part -> part.findDocument("verification").stream())
                .reduce((earlier, last) -> last);
    }

    /** The last copy of each table, but for those that were dropped because the copy started over. */
    List<Document> copies() {
        Map<String, Document> copies = new LinkedHashMap<>();
        for (Document part : parts) {
            if (startsCopyOver(part)) {
                copies.clear();
            }
            part.document("copy")
                    .list("tables", table -> table)
                    .forEach(table -> copies.put(table.text("table"), table));
        }
        return List.copyOf(copies.values());
    }

    /** The one of a table, by its name as reports write it. */
    static Optional<Document> ofTable(List<Document> tables, TableName table) {
        return tables.stream()
                .filter(one -> one.text("table").equals(table.toString()))
                .findFirst();
    }

    private static boolean startsCopyOver(Document part) {
        return part.list("notes", note -> note).stream()
                .anyMatch(note -> note.text("kind").equals("COPY_STARTS_OVER"));
    }
}
