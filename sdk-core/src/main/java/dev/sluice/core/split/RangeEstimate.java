// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import dev.sluice.api.spi.ServerSession;

/**
 * How many rows a server believes to be in a range of a key: a look into the index at both of its ends. Thread-safe: no state.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/explain-output.html">MySQL: EXPLAIN output</a>
 */
public final class RangeEstimate {
    private RangeEstimate() {}

    /** Without FORCE INDEX, under which newer servers do not look how many rows there are. */
    public static String statement(String table, String where) {
        return "EXPLAIN FORMAT=TRADITIONAL SELECT 1 FROM " + table + " WHERE " + where;
    }

    /**
     * Asks.
     *
     * @param table quoted
     * @param where the condition of the range
     * @return 0 if the server says nothing, as where it sees that no row can meet the condition
     */
    public static long rows(ServerSession session, String table, String where) {
        return session.queryOne(statement(table, where))
                .flatMap(row -> row.find("rows"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
