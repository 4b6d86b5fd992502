// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.verify.TableComparison.Result;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.copy.random.Abilities;
import dev.sluice.core.copy.random.Dice;
import dev.sluice.core.copy.random.RandomTable;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.TestServerException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is equal is never told to differ, in either way, however hard the source is written to: random tables, filled and changed at random.
 * {@code -Dsluice.verify.seed=17 -Dsluice.verify.passes=1} runs one pass alone.
 */
class NoFalseAlarmIT {
    private static final long FIRST_SEED = Long.getLong("sluice.verify.seed", 20_261_122);
    private static final int TABLES = 6;
    private static final String DATABASE = "randoms";

    /** As many comparisons in each way as {@code sluice.verify.passes} says. */
    @Test
    @Timeout(600)
    void somePassesAreClean() throws Exception {
        passes(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31, Integer.getInteger("sluice.verify.passes", 5));
    }

    @ParameterizedTest
    @Timeout(1800)
    @Tag("long")
    @CsvSource({
        "MYSQL_5_7, MYSQL_5_7, 15",
        "MYSQL_5_7, MYSQL_8_0_31, 30",
        "MYSQL_8_0_31, MYSQL_8_0_31, 30",
        "MYSQL_8_0_31, MYSQL_9, 15",
        "MYSQL_9, MYSQL_9, 10"
    })
    void hundredPassesAreClean(MySqlRelease source, MySqlRelease replica, int passes) throws Exception {
        passes(source, replica, passes);
    }

    /** The ways take turns. */
    private static void passes(MySqlRelease source, MySqlRelease replica, int passes) throws Exception {
        System.out.println("Passes " + source + " -> " + replica + ": " + passes + " from -Dsluice.verify.seed="
                + FIRST_SEED + " on");
        try (LivePair live = LivePair.of(source, replica)) {
            live.pair().source().execute(HeavyWriter.tables("live").toArray(String[]::new));
            for (int i = 0; i < passes; i++) {
                pass(live, FIRST_SEED + i, i % 2 == 0 ? Way.LIVE : Way.AT_ONE_POSITION);
            }
        }
    }

    private static void pass(LivePair live, long seed, Way way) throws Exception {
        List<RandomTable> tables = tables(live, seed);
        try (HeavyWriter hot = HeavyWriter.on(live.pair().source(), "live", seed);
                RandomWriter writer = RandomWriter.on(live.pair().source(), DATABASE, tables, seed)) {
            VerificationReport report = way.compare(live, "live", DATABASE);

            assertThat(live.applierErrors()).as("seed %d, %s", seed, way).isEmpty();
            assertThat(report.structure()).as("seed %d, %s", seed, way).isEmpty();
            assertThat(report.tables())
                    .as("seed %d, %s", seed, way)
                    .hasSizeGreaterThan(6)
                    .allSatisfy(table ->
                            assertThat(table.result()).as(table.toString()).isNotEqualTo(Result.DIFFERENT));
            // Only a row that never holds still may stay undecided, and only where it is looked at live.
            assertThat(report.tables())
                    .as("seed %d, %s", seed, way)
                    .filteredOn(table -> table.result() == Result.UNDECIDED)
                    .hasSizeLessThanOrEqualTo(way == Way.LIVE ? 1 : 0);
            assertThat(hot.transactions()).isPositive();
            assertThat(writer.transactions()).isPositive();
        }
    }

    /**
     * Where a table's only index is spatial, a replica looks for the rows of an event in that index and does not find all of them: error 1032,
     * without any comparison or copy.
     */
    private static boolean isReplicable(RandomTable table) {
        return !table.create().contains("SPATIAL KEY") || table.create().contains("PRIMARY KEY");
    }

    /** Those that the source can have. */
    private static List<RandomTable> tables(LivePair live, long seed) {
        Abilities both = Abilities.of(live.pair().source(), live.pair().replica());
        live.pair().source().execute("DROP DATABASE IF EXISTS " + DATABASE, "CREATE DATABASE " + DATABASE);
        List<RandomTable> made = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            Dice dice = new Dice(seed * TABLES + i);
            RandomTable table = RandomTable.of(DATABASE + ".t" + i, dice, both);
            if (!isReplicable(table)) {
                continue;
            }
            List<String> statements = new ArrayList<>(RandomTable.SETTINGS);
            statements.add(table.create());
            statements.addAll(table.inserts());
            try {
                live.pair().source().execute(statements.toArray(String[]::new));
                made.add(table);
            } catch (TestServerException refused) {
                live.pair().source().execute("DROP TABLE IF EXISTS " + DATABASE + ".t" + i);
            }
        }
        live.awaitCaughtUp();
        return made;
    }
}
