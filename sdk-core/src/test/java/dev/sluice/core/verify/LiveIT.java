// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.TableComparison.Result;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Comparing while the source is written to and replication runs. */
@Tag("long")
class LiveIT {
    private static final long SEED = 20_261_121;
    private static final int PASSES = 4;

    @Test
    void writesOnTheirWayAreNoDifferencesByGtid() throws Exception {
        try (LivePair live = LivePair.byGtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            noFalseAlarm(live);
        }
    }

    @Test
    void writesOnTheirWayAreNoDifferencesByPosition() throws Exception {
        try (LivePair live = LivePair.byPosition(MySqlRelease.MYSQL_5_7, MySqlRelease.MYSQL_8_0_31)) {
            noFalseAlarm(live);
        }
    }

    private static void noFalseAlarm(LivePair live) throws Exception {
        live.pair().source().execute(HeavyWriter.tables("live").toArray(String[]::new));
        try (HeavyWriter writer = HeavyWriter.on(live.pair().source(), "live", SEED)) {
            for (int pass = 0; pass < PASSES; pass++) {
                VerificationReport report = live.pair().compare(Pair.request(Consistency.LIVE, "live"));

                assertThat(report.tables())
                        .hasSize(6)
                        .allSatisfy(table ->
                                assertThat(table.result()).as(table.toString()).isEqualTo(Result.EQUAL));
                assertThat(report.structure()).isEmpty();
            }
            assertThat(writer.transactions()).isGreaterThan(200);
        }
    }

    @Test
    void plantedDifferencesAreFoundWhileTheSourceIsWrittenTo() throws Exception {
        try (LivePair live = LivePair.byGtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            live.pair().source().execute(HeavyWriter.tables("live").toArray(String[]::new));
            live.awaitCaughtUp();
            live.pair()
                    .replica()
                    .execute(
                            "SET SESSION sql_log_bin = 0",
                            "DELETE FROM live.still WHERE id = 1",
                            "UPDATE live.still SET v = 'B' WHERE id = 2",
                            "INSERT INTO live.still VALUES (5, 'e')",
                            "INSERT INTO live.log VALUES ('2000-01-01', 'never was')");
            try (HeavyWriter writer = HeavyWriter.on(live.pair().source(), "live", SEED)) {
                VerificationReport report = live.pair().compare(Pair.request(Consistency.LIVE, "live"));

                assertThat(report.isClean()).isFalse();
                TableComparison still = Pair.table(report, "still");
                assertThat(still.result()).isEqualTo(Result.DIFFERENT);
                assertThat(still.differences())
                        .containsExactlyInAnyOrder(
                                "the row with id = 1 is missing on the replica",
                                "the row with id = 2 differs in v",
                                "the row with id = 5 is on the replica only");
                assertThat(Pair.table(report, "log").result()).isEqualTo(Result.DIFFERENT);
                assertThat(Pair.table(report, "counters").result()).isEqualTo(Result.EQUAL);
                assertThat(Pair.table(report, "people").result()).isEqualTo(Result.EQUAL);
                assertThat(writer.transactions()).isPositive();
            }
        }
    }

    @Test
    void whatCannotBeToldIsUndecidedWhenReplicationStandsStill() throws Exception {
        try (LivePair live = LivePair.byGtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            live.pair().source().execute(HeavyWriter.tables("live").toArray(String[]::new));
            live.awaitCaughtUp();
            live.pair().replica().execute("STOP REPLICA SQL_THREAD");
            live.pair().source().execute("UPDATE live.still SET v = 'x' WHERE id = 1");

            VerificationReport report =
                    live.pair().compare(Pair.request(Consistency.LIVE, "live").within(Duration.ofSeconds(5)));

            assertThat(Pair.table(report, "still").result()).isEqualTo(Result.UNDECIDED);
            assertThat(report.isClean()).isFalse();
            assertThat(report.took()).isLessThan(Duration.ofSeconds(15));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void sourceThatHasJustBegunANewLogFileIsNotWaitedFor(MySqlRelease release) {
        try (LivePair live = LivePair.byPosition(release, release)) {
            live.pair().source().execute(HeavyWriter.tables("live").toArray(String[]::new));
            live.awaitCaughtUp();
            live.pair().source().execute("FLUSH BINARY LOGS");

            VerificationReport report = live.pair().compare(Pair.request(Consistency.LIVE, "live"));

            assertThat(report.isClean()).isTrue();
            assertThat(report.took()).isLessThan(Duration.ofSeconds(10));
        }
    }
}
