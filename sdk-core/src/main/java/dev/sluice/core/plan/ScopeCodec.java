// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.document.Document;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import java.util.List;

/** Scopes as documents. */
final class ScopeCodec {
    private ScopeCodec() {}

    static Document write(Scope scope) {
        return Document.empty()
                .withTexts("databases", scope.databases())
                .withAll("tables", tables(scope.tables()))
                .withTexts("without-databases", scope.excludedDatabases())
                .withAll("without-tables", tables(scope.excludedTables()));
    }

    static Scope read(Document document) {
        return new Scope(
                document.texts("databases"),
                document.list("tables", ScopeCodec::readTable),
                document.texts("without-databases"),
                document.list("without-tables", ScopeCodec::readTable));
    }

    private static List<Document> tables(List<TableName> names) {
        return names.stream().map(ScopeCodec::writeTable).toList();
    }

    static Document writeTable(TableName name) {
        return Document.empty().with("database", name.database()).with("table", name.table());
    }

    static TableName readTable(Document document) {
        return TableName.of(document.text("database"), document.text("table"));
    }
}
