// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
    private static final String NAMES = "SELECT table_name FROM information_schema.tables WHERE table_schema = '"
            + BenchCommand.DATABASE + "' ORDER BY table_name";

    static TableSums of(MySqlServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(NAMES)) {
                while (rows.next()) {
                    names.add(BenchCommand.DATABASE + "." + rows.getString(1));
                }
            }
            return new TableSums(tables(statement, names));
        }
    }

    private static Map<String, String> tables(Statement statement, List<String> names) throws SQLException {
        Map<String, String> tables = new TreeMap<>();
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            List<String> some = names.subList(from, Math.min(names.size(), from + AT_ONCE));
            try (ResultSet rows = statement.executeQuery("CHECKSUM TABLE " + String.join(", ", some))) {
                while (rows.next()) {
                    tables.put(rows.getString(1), String.valueOf(rows.getString(2)));
                }
            }
        }
        for (String name : names) {
            try (ResultSet rows = statement.executeQuery("SHOW CREATE TABLE " + name)) {
                rows.next();
                tables.merge(name, rows.getString(2), (sum, create) -> sum + " " + create);
            }
        }
        return tables;
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
