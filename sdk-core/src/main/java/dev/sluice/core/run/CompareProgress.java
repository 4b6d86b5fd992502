// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.journal.JournalRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums up what a comparison tells into events, at most four a second. The {@linkplain #journaling one} of a comparison that may go on in another
 * process writes down what is equal as well. Called by one thread at a time.
 */
final class CompareProgress implements VerifyListener {
    private static final Duration EVERY = Duration.ofMillis(250);

    private final RunLog log;
    private final boolean journals;
    private final Map<TableName, Long> rows = new TreeMap<>();
    private Instant lastEvent = Instant.EPOCH;
    private int tables;
    private int done;
    private long estimate;
    private long again;

    private CompareProgress(RunLog log, boolean journals) {
        this.log = log;
        this.journals = journals;
    }

    static CompareProgress telling(RunLog log) {
        return new CompareProgress(log, false);
    }

    static CompareProgress journaling(RunLog log) {
        return new CompareProgress(log, true);
    }

    @Override
    public void planned(int count, long estimatedRows) {
        tables = count;
        estimate = estimatedRows;
        report();
    }

    @Override
    public void progress(TableName table, long soFar) {
        // Threads count in turn, and may tell in another order.
        rows.merge(table, soFar, Math::max);
        reportNowAndThen();
    }

    @Override
    public void lookingAgain(long count) {
        again = count;
        reportNowAndThen();
    }

    @Override
    public void tableDone(TableComparison table) {
        done++;
        if (journals && table.result() == TableComparison.Result.EQUAL) {
            log.journal(at -> new JournalRecord.TableCompared(
                    at,
                    table.table().database(),
                    table.table().table(),
                    table.sourceRows(),
                    table.replicaRows(),
                    table.chunks()));
        }
        if (done == tables) {
            report();
        } else {
            reportNowAndThen();
        }
    }

    private void reportNowAndThen() {
        if (Duration.between(lastEvent, log.clock().instant()).compareTo(EVERY) >= 0) {
            report();
        }
    }

    private void report() {
        lastEvent = log.clock().instant();
        int all = tables;
        int known = done;
        long compared = rows.values().stream().mapToLong(Long::longValue).sum();
        long expected = Math.max(estimate, compared);
        long open = again;
        log.event((run, at) -> new RunEvent.Comparing(run, at, all, known, compared, expected, open));
    }
}
