// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BinlogNeedTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private Instant now = START;
    private BinlogNeed need = keeping(null, false);

    private static BinlogNeed keeping(@Nullable Duration kept, boolean isRaised) {
        return new BinlogNeed("the source", new LogRetention(kept, isRaised));
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private static Map<String, Long> sizes(String... files) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (String file : files) {
            sizes.put(file, 1000L);
        }
        return sizes;
    }

    private static BinlogPosition at(String file) {
        return new BinlogPosition(file, 4);
    }

    private Optional<ErrorCode> look(String needed, String... files) {
        return see(needed.isEmpty() ? null : NeededFrom.snapshot(at(needed), START), files);
    }

    private Optional<ErrorCode> see(@Nullable NeededFrom needed, String... files) {
        return need.look(sizes(files), Optional.ofNullable(needed), now).map(Problem::code);
    }

    @Test
    void aSourceThatKeepsItsLogsIsNoNews() {
        assertThat(look("", "log.1", "log.2")).isEmpty();
        assertThat(look("log.2", "log.1", "log.2")).isEmpty();
        assertThat(look("log.2", "log.1", "log.2", "log.3")).isEmpty();
    }

    /** The file that is written is never removed. */
    @Test
    void theOnlyFileIsNoReasonToWarn() {
        assertThat(look("log.1", "log.1")).isEmpty();
        assertThat(look("log.2", "log.1", "log.2")).isEmpty();
        assertThat(look("log.2", "log.2")).isEmpty();
    }

    @Test
    void theOldestIsToldOfAlsoIfItWasThatFromTheBeginning() {
        assertThat(look("log.3", "log.3", "log.4")).contains(RunCode.LOGS_GO);
        assertThat(look("log.3", "log.3", "log.4", "log.5")).isEmpty();
    }

    /** What a retention of before the run has left says nothing about the one that the run has set. */
    @Test
    void theOldestIsNoReasonToWarnWhereTheRunHasRaisedTheRetention() {
        need = keeping(DAY, true);

        assertThat(look("log.3", "log.3", "log.4")).isEmpty();
        assertThat(look("log.3", "log.3", "log.4", "log.5")).isEmpty();
        assertThat(look("log.4", "log.4", "log.5")).contains(RunCode.LOGS_GO);
    }

    @Test
    void whoRemovesTheOneBeforeIsToldOfOnceAndAgainWhenItIsGone() {
        assertThat(look("log.2", "log.1", "log.2")).isEmpty();
        assertThat(look("log.2", "log.2", "log.3")).contains(RunCode.LOGS_GO);
        assertThat(look("log.2", "log.2", "log.3")).isEmpty();
        assertThat(look("log.2", "log.3")).contains(RunCode.LOGS_GONE);
        assertThat(look("log.2", "log.3")).isEmpty();
    }

    @Test
    void aReplicaThatHasAppliedMoreNeedsLess() {
        assertThat(look("log.1", "log.0", "log.1", "log.2", "log.3")).isEmpty();
        assertThat(look("log.3", "log.2", "log.3")).isEmpty();
    }

    /** Providers remove several files at once: age alone tells of it before. */
    @Test
    void logsThatWillBeTooOldAreToldOfWhileOlderOnesAreStillThere() {
        need = keeping(DAY, false);
        assertThat(look("log.3", "log.1", "log.2", "log.3")).isEmpty();
        after(Duration.ofHours(17));
        assertThat(look("log.3", "log.1", "log.2", "log.3", "log.4")).isEmpty();
        after(Duration.ofHours(2));
        assertThat(look("log.3", "log.1", "log.2", "log.3", "log.4")).contains(RunCode.LOGS_EXPIRE);
        after(Duration.ofHours(6));
        assertThat(look("log.3", "log.4", "log.5")).contains(RunCode.LOGS_GONE);
    }

    @Test
    void theFileThatIsWrittenHasNoAge() {
        need = keeping(DAY, false);
        for (int hours = 0; hours < 100; hours++) {
            assertThat(look("log.2", "log.1", "log.2")).isEmpty();
            after(Duration.ofHours(1));
        }
        assertThat(look("log.2", "log.1", "log.2", "log.3")).isEmpty();
    }

    /** Resumed long after the snapshot. */
    @Test
    void whatTheSnapshotKnowsOfTheAgeCounts() {
        need = keeping(DAY, false);
        after(Duration.ofHours(20));

        assertThat(look("log.2", "log.1", "log.2", "log.3")).contains(RunCode.LOGS_EXPIRE);
    }

    @Test
    void howLongTheReplicaTakesForTheFileCounts() {
        need = keeping(DAY, false);
        NeededFrom snapshot = NeededFrom.snapshot(at("log.2"), START);
        assertThat(see(snapshot, "log.1", "log.2", "log.3")).isEmpty();
        after(Duration.ofHours(5));
        BinlogPosition quarter = new BinlogPosition("log.2", 254);

        // 250 of 1,000 bytes in 5 hours: through with it 15 hours later, when the file is 20 hours old.
        NeededFrom slow = new NeededFrom(quarter, at("log.3"), at("log.2"), START);
        assertThat(see(slow, "log.1", "log.2", "log.3")).contains(RunCode.LOGS_EXPIRE);
    }

    @Test
    void logsThatNobodyPromisesToKeepAreToldOfAtOnce() {
        need = keeping(Duration.ZERO, false);
        assertThat(look("log.2", "log.1", "log.2")).isEmpty();
        assertThat(look("log.2", "log.1", "log.2", "log.3")).contains(RunCode.LOGS_EXPIRE);
    }

    /** A replica that crashes fetches again from what it has applied. */
    @Test
    void whatWasFetchedAndNotAppliedIsNeeded() {
        NeededFrom behind = new NeededFrom(at("log.2"), at("log.4"), at("log.1"), START);
        assertThat(see(behind, "log.1", "log.2", "log.3", "log.4")).isEmpty();
        assertThat(see(behind, "log.2", "log.3", "log.4")).contains(RunCode.LOGS_GO);
        assertThat(see(behind, "log.3", "log.4")).contains(RunCode.UNAPPLIED_LOGS_GONE);
        assertThat(see(behind, "log.3", "log.4", "log.5")).isEmpty();
        assertThat(see(behind, "log.5")).contains(RunCode.LOGS_GONE);
    }

    @Test
    void aSourceThatListsNothingTellsNothing() {
        assertThat(look("log.1")).isEmpty();
    }
}
