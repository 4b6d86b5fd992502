// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BinlogNeedTest {
    private final BinlogNeed need = new BinlogNeed("the source");

    private Optional<ErrorCode> look(String needed, String... files) {
        return need.look(
                        List.of(files),
                        Optional.of(needed).filter(file -> !file.isEmpty()).map(file -> new BinlogPosition(file, 4)))
                .map(Problem::code);
    }

    @Test
    void aSourceThatKeepsItsLogsIsNoNews() {
        assertThat(look("", "log.1", "log.2")).isEmpty();
        assertThat(look("log.2", "log.1", "log.2")).isEmpty();
        assertThat(look("log.2", "log.1", "log.2", "log.3")).isEmpty();
    }

    /** A source that has always had one file only removes none. */
    @Test
    void theOldestFileAloneIsNoReasonToWarn() {
        assertThat(look("log.1", "log.1")).isEmpty();
        assertThat(look("log.1", "log.1", "log.2")).isEmpty();
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
    void aReplicaThatHasFetchedMoreNeedsLess() {
        assertThat(look("log.1", "log.1", "log.2", "log.3")).isEmpty();
        assertThat(look("log.3", "log.2", "log.3")).isEmpty();
    }

    @Test
    void aSourceThatListsNothingTellsNothing() {
        assertThat(look("log.1")).isEmpty();
    }
}
