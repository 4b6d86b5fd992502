// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SessionUse;
import java.util.ArrayList;
import java.util.List;

/** Counts what a load left, which no program tells. */
final class RowCount {
    private RowCount() {}

    static List<DumpReport.TableRows> of(MySqlConnector replica, Catalog catalog, Cancellation cancellation) {
        List<DumpReport.TableRows> counts = new ArrayList<>();
        try (MySqlSession session = replica.open(SessionUse.READER);
                Cancellation.Registration killed = session.cancellable(cancellation, replica)) {
            for (TableDefinition table : catalog.tables()) {
                cancellation.check();
                counts.add(new DumpReport.TableRows(table.name(), rows(session, table.name())));
            }
        }
        return counts;
    }

    private static long rows(MySqlSession session, TableName table) {
        return session.query("SELECT COUNT(*) AS n FROM " + Quote.identifier(table))
                .get(0)
                .number("n");
    }
}
