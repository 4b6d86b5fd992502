// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CompareProgressTest {
    private static final RunId RUN = new RunId("r1");
    private static final TableName ONE = TableName.of("app", "one");
    private static final TableName TWO = TableName.of("app", "two");

    private final Journal journal = Journal.inMemory();

    @Test
    void theLastEventHasAllRowsAndTables() {
        List<RunEvent> heard = heard(CompareProgress::telling, progress -> {
            progress.planned(2, 100);
            progress.progress(ONE, 60);
            progress.tableDone(equal(ONE));
            progress.lookingAgain(3);
            progress.progress(TWO, 80);
            progress.tableDone(equal(TWO));
        });

        // Of those before it, listeners hear what they can keep up with.
        assertThat(heard).last().isEqualTo(new RunEvent.Comparing(RUN, Instant.EPOCH, 2, 2, 140, 140, 3));
    }

    @Test
    void countsThatArriveInAnotherOrderTakeNothingBack() {
        List<RunEvent> heard = heard(CompareProgress::telling, progress -> {
            progress.planned(1, 100);
            progress.progress(ONE, 90);
            progress.progress(ONE, 50);
            progress.tableDone(equal(ONE));
        });

        assertThat(heard).last().isEqualTo(new RunEvent.Comparing(RUN, Instant.EPOCH, 1, 1, 90, 100, 0));
    }

    @Test
    void onlyWhatMayGoOnElsewhereIsWrittenDown() {
        heard(CompareProgress::telling, progress -> progress.tableDone(equal(ONE)));
        assertThat(journal.read(RUN)).noneMatch(JournalRecord.TableCompared.class::isInstance);

        heard(CompareProgress::journaling, progress -> progress.tableDone(equal(ONE)));
        assertThat(journal.read(RUN)).hasAtLeastOneElementOfType(JournalRecord.TableCompared.class);
    }

    private List<RunEvent> heard(Function<RunLog, CompareProgress> kind, Consumer<CompareProgress> story) {
        List<RunEvent> heard = new CopyOnWriteArrayList<>();
        Clock still = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        try (EventQueue events = new EventQueue("test", List.of(heard::add));
                var writer = journal.take(RUN)) {
            story.accept(kind.apply(new RunLog(RUN, still, writer, events, RetryLimits.DEFAULT)));
        }
        return heard;
    }

    private static TableComparison equal(TableName table) {
        return new TableComparison(table, TableComparison.Result.EQUAL, 1, 1, 1, 0, List.of(), List.of());
    }
}
