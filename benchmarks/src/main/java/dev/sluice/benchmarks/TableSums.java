// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every table holds and how it is defined.
 *
 * @param tables by name, what {@code CHECKSUM TABLE} and {@code SHOW CREATE TABLE} say
 */
record TableSums(Map<String, String> tables) {
    private static final int AT_ONCE = 100;

    static TableSums of(MySqlServer server) {
        List<String> names = server
                .query("SELECT table_name FROM information_schema.tables WHERE table_schema = '" + BenchCommand.DATABASE
                        + "' ORDER BY table_name")
                .stream()
                .map(row -> BenchCommand.DATABASE + "." + row.get(0))
                .toList();
        Map<String, String> tables = new TreeMap<>();
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + AT_ONCE));
            server.query("CHECKSUM TABLE " + String.join(", ", some))
                    .forEach(row -> tables.put(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
        }
        tables.replaceAll((name, sum) ->
                sum + " " + server.query("SHOW CREATE TABLE " + name).get(0).get(1));
        return new TableSums(tables);
    }

    /** Fails unless the other one is equal, table by table. */
    void requireEqual(TableSums copy, String copiedBy) {
        List<String> different = new ArrayList<>();
        tables.forEach((name, sum) -> {
            if (!sum.equals(copy.tables.get(name))) {
                different.add(name + ": " + sum + " became " + copy.tables.get(name));
            }
        });
        copy.tables.keySet().stream().filter(name -> !tables.containsKey(name)).forEach(different::add);
        if (tables.isEmpty() || !different.isEmpty()) {
            throw new IllegalStateException(copiedBy + " did not copy " + different.size() + " of " + tables.size()
                    + " tables as they are: " + different.subList(0, Math.min(3, different.size())));
        }
    }
}
