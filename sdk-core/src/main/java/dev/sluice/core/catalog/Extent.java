// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.plan.Scope;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The databases that a scope touches, as conditions of queries. The server compares their names without regard to case, so that
 * what comes back is looked at once more. Immutable and thread-safe.
 */
record Extent(Scope scope, List<String> databases) {
    /** A condition about the column that holds the database's name. */
    String condition(String column) {
        // 5.7 looks a single name up, and opens every table of the server for any other condition.
        return databases.size() == 1
                ? column + " = " + Quote.literal(databases.get(0))
                : databases.stream().map(Quote::literal).collect(Collectors.joining(", ", column + " IN (", ")"));
    }

    boolean isEmpty() {
        return databases.isEmpty();
    }

    boolean holds(String database) {
        return databases.contains(database);
    }
}
