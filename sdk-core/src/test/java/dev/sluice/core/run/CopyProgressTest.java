// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.core.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CopyProgressTest {
    private static final TableName TABLE = TableName.of("app", "t");
    private Instant now = Instant.EPOCH;

    @Test
    void theRateFollowsTheRowsFromTheFirstSecondOn() {
        List<RunEvent> heard = new CopyOnWriteArrayList<>();
        try (EventQueue events = new EventQueue("test", List.of(heard::add))) {
            CopyProgress progress = new CopyProgress(new RunLog(
                    new RunId("r1"), clock(), Journal.inMemory().take(new RunId("r1")), events, RetryLimits.DEFAULT));
            progress.planned(TABLE, 100_000, 1_000_000);
            after(1, progress, 1);
            after(1, progress, 40_000);
            after(1, progress, 90_000);
        }

        List<Long> rates = new ArrayList<>();
        for (RunEvent event : heard) {
            if (event instanceof RunEvent.Progress progress) {
                rates.add(progress.rowsPerSecond());
            }
        }
        assertThat(rates).isNotEmpty();
        assertThat(rates.get(rates.size() - 1)).isEqualTo(30_000);
    }

    @Test
    void aTablesOwnTimeBeginsWithItsFirstRows() {
        List<RunEvent> heard = new CopyOnWriteArrayList<>();
        try (EventQueue events = new EventQueue("test", List.of(heard::add))) {
            CopyProgress progress = new CopyProgress(new RunLog(
                    new RunId("r1"), clock(), Journal.inMemory().take(new RunId("r1")), events, RetryLimits.DEFAULT));
            progress.planned(TABLE, 100, 1000);
            now = now.plusSeconds(5);
            progress.begun(TABLE);
            now = now.plusSeconds(3);
            progress.done(TABLE, 100, 1000);
            progress.done(TableName.of("app", "dumped"), 1, 1);
        }

        assertThat(heard)
                .extracting(event -> ((RunEvent.TableCopied) event).began())
                .containsExactly(Optional.of(Instant.EPOCH.plusSeconds(5)), Optional.empty());
        assertThat(heard.get(0).at()).isEqualTo(Instant.EPOCH.plusSeconds(8));
    }

    private void after(long seconds, CopyProgress progress, long rows) {
        now = now.plus(Duration.ofSeconds(seconds));
        progress.at(TABLE, rows, rows * 10);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
