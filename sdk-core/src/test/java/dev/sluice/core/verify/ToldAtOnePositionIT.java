// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.TableComparison.Result;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.testservers.MySqlRelease;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners hear what the report says, and nothing before it is proven. */
@Tag("long")
@Timeout(120)
class ToldAtOnePositionIT {
    /** In 5.7 it reads as an empty table, which is equal on both servers, but not what the snapshots hold. */
    @Test
    void tableThatWasTruncatedMeanwhileIsNotToldToBeEqual() {
        List<TableComparison> told = new CopyOnWriteArrayList<>();
        try (LivePair live = LivePair.byPosition(MySqlRelease.MYSQL_5_7, MySqlRelease.MYSQL_5_7)) {
            live.pair().source().execute(HeavyWriter.tables("live").toArray(String[]::new));
            live.awaitCaughtUp();

            VerificationReport report = Way.atOnePosition(
                    live,
                    () -> {
                        live.pair().source().execute("TRUNCATE live.still");
                        live.awaitCaughtUp();
                    },
                    new VerifyListener() {
                        @Override
                        public void tableDone(TableComparison comparison) {
                            told.add(comparison);
                        }
                    },
                    "live");

            assertThat(Pair.table(report, "still").result()).isEqualTo(Result.UNDECIDED);
            assertThat(report.tables())
                    .filteredOn(table -> table.result() == Result.EQUAL)
                    .hasSize(5);
            assertThat(told).containsExactlyInAnyOrderElementsOf(report.tables());
        }
    }
}
