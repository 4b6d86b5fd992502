// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.IntStream;

/** Very many tables of a few rows. */
record ManyTables(int tables, int rowsEach) implements DataSet {
    @Override
    public String name() {
        return "tables";
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%,d tables of %,d rows", tables, rowsEach);
    }

    @Override
    public double limitSeconds() {
        return tables * 0.008;
    }

    @Override
    public void create(MySqlServer source) throws SQLException {
        Filler.freshDatabase(source);
        int threads = 2;
        Parallel.forEach(IntStream.range(0, threads).boxed().toList(), threads, first -> {
            try (Filler filler = Filler.on(source)) {
                filler.run("USE " + BenchCommand.DATABASE);
                for (int i = first; i < tables; i += threads) {
                    create(filler, table(i));
                }
            }
        });
    }

    static String table(int number) {
        return "t" + number;
    }

    private void create(Filler filler, String table) throws SQLException {
        filler.run(
                "CREATE TABLE " + table
                        + " (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, v INT NOT NULL, name VARCHAR(40), KEY by_name (name))");
        filler.fill(table, "v, name", "id, " + Filler.hash("id"), rowsEach);
    }
}
