// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Rows of 190 bytes in four tables of the same size, each with a secondary index on random numbers. */
record NarrowRows(long rows) implements DataSet {
    private static final List<String> TABLES = List.of("t1", "t2", "t3", "t4");

    @Override
    public String name() {
        return "narrow";
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%,d rows of 190 bytes in four tables, each with a secondary index", rows);
    }

    @Override
    public double limitSeconds() {
        return rows * 4.4e-6;
    }

    long rowsATable() {
        return rows / TABLES.size();
    }

    @Override
    public void create(MySqlServer source) throws SQLException {
        Filler.freshDatabase(source);
        Parallel.forEach(TABLES, 2, table -> fill(source, table, rowsATable()));
    }

    /** Makes one such table. */
    static void fill(MySqlServer source, String table, long rows) throws SQLException {
        try (Filler filler = Filler.on(source)) {
            filler.run("CREATE TABLE " + BenchCommand.DATABASE + "." + table
                    + " (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, k INT UNSIGNED NOT NULL,"
                    + " c CHAR(120) NOT NULL, pad CHAR(60) NOT NULL, KEY by_k (k))");
            String seed = "'" + table + "'";
            filler.fill(
                    table,
                    "k, c, pad",
                    "CRC32(CONCAT(" + seed + ", id)),"
                            + " CONCAT_WS('-', " + Filler.hash("CONCAT(" + seed + ", id)") + ", " + Filler.hash("id")
                            + ", "
                            + Filler.hash("id + 0.5", 37) + "), " + Filler.hash("CONCAT(id, " + seed + ")", 59),
                    rows);
        }
    }
}
