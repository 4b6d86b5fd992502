// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.testservers.MySqlServer;
import java.sql.SQLException;
import java.util.Locale;

/**
 * One table like those of {@link NarrowRows}, and many times as large.
 *
 * @param rows how many
 */
record LargeTable(long rows) implements DataSet {
    private static final int TIMES = 10;

    /** Ten times as large as each table of a narrow set of so many rows. */
    static LargeTable besideNarrow(long narrowRows) {
        return new LargeTable(TIMES * new NarrowRows(narrowRows).rowsATable());
    }

    @Override
    public String name() {
        return "large";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT, "%,d rows of 190 bytes in one table, %d times as large as those of 'narrow'", rows, TIMES);
    }

    @Override
    public double limitSeconds() {
        return new NarrowRows(rows).limitSeconds();
    }

    @Override
    public void create(MySqlServer source) throws SQLException {
        Filler.freshDatabase(source);
        NarrowRows.fill(source, "t1", rows);
    }
}
