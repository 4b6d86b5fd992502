// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SqlFailures;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Asks the server for one definition after the other. One thread at a time. */
final class ShownDefinitions {
    /** No such table, trigger, routine, event, database, view: dropped since it was listed. */
    private static final Set<Integer> GONE = Set.of(1049, 1146, 1305, 1360, 1539);

    private final ServerSession session;

    ShownDefinitions(ServerSession session) {
        this.session = session;
    }

    /**
     * The row of a {@code SHOW CREATE}, which has a value in the named column.
     *
     * @return empty if it was dropped since it was listed
     */
    Optional<Row> show(String kind, TableName name, String column) {
        Optional<Row> shown = showIfThere(kind, name);
        if (shown.isPresent() && shown.get().find(column).isEmpty()) {
            throw new StepRefusedException(Problem.of(
                    CatalogCode.NOT_SHOWN,
                    "The user may not see the definition of the " + kind.toLowerCase(Locale.ROOT) + " " + name));
        }
        return shown;
    }

    private Optional<Row> showIfThere(String kind, TableName name) {
        try {
            return session.queryOne("SHOW CREATE " + kind + " " + Quote.identifier(name));
        } catch (StepRefusedException refused) {
            boolean gone = SqlFailures.serverError(refused)
                    .filter(error -> GONE.contains(error.number()))
                    .isPresent();
            if (gone) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
