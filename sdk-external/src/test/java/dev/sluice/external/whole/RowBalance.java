// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.testservers.MySqlServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the rows of a replica's tables differ from its source's. Every row is compared by all its values, so that one that has changed is
 * lost and another one too many.
 *
 * @param lost rows of the source that the replica has not
 * @param doubled rows of the replica that the source has not
 */
record RowBalance(long lost, long doubled) {
    static RowBalance of(MySqlServer source, MySqlServer replica, List<String> tables) {
        RowBalance all = new RowBalance(0, 0);
        for (String table : tables) {
            RowBalance one = of(source, replica, table);
            all = new RowBalance(all.lost + one.lost, all.doubled + one.doubled);
        }
        return all;
    }

    private static RowBalance of(MySqlServer source, MySqlServer replica, String table) {
        String checksum = "CHECKSUM TABLE " + table;
        boolean isMissing = replica.query(
                        "SELECT 1 FROM information_schema.TABLES WHERE CONCAT(TABLE_SCHEMA, '.', TABLE_NAME) = '"
                                + table + "'")
                .isEmpty();
        if (!isMissing && source.query(checksum).equals(replica.query(checksum))) {
            return new RowBalance(0, 0);
        }
        Map<List<String>, Long> surplus = new HashMap<>();
        source.query("SELECT * FROM " + table).forEach(row -> surplus.merge(row, 1L, Long::sum));
        if (!isMissing) {
            replica.query("SELECT * FROM " + table).forEach(row -> surplus.merge(row, -1L, Long::sum));
        }
        return new RowBalance(
                surplus.values().stream()
                        .filter(count -> count > 0)
                        .mapToLong(count -> count)
                        .sum(),
                -surplus.values().stream()
                        .filter(count -> count < 0)
                        .mapToLong(count -> count)
                        .sum());
    }
}
