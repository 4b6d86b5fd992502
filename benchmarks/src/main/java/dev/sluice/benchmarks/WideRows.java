// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Rows that are each as wide as a small file: more of them than a small heap could hold.
 *
 * @param megabytes of each row
 */
record WideRows(int megabytes) implements DataSet {
    private static final int MEGABYTES_IN_ALL = 384;
    private static final int PARTS = 16;

    @Override
    public String name() {
        return "wide-" + megabytes + "mb";
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%d rows of %d MB", rows(), megabytes);
    }

    @Override
    public double limitSeconds() {
        return 6;
    }

    int rows() {
        return MEGABYTES_IN_ALL / megabytes;
    }

    @Override
    public void create(MySqlServer source) throws SQLException {
        Filler.freshDatabase(source);
        try (Filler filler = Filler.on(source)) {
            filler.run("USE " + BenchCommand.DATABASE);
            filler.run("CREATE TABLE wide (id BIGINT NOT NULL PRIMARY KEY, content LONGBLOB)");
            int times = (megabytes << 20) / (PARTS * MixedRows.PART_BYTES);
            filler.fill("wide", "content", "REPEAT(CONCAT(" + MixedRows.binary(PARTS) + "), " + times + ")", rows());
        }
    }
}
