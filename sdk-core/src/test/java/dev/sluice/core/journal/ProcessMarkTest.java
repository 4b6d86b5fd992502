// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who is told to be dead, and who is not. */
class ProcessMarkTest {
    private final ProcessMark here = ProcessMark.ofThisProcess();

    private static void onLinux() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/stat")), "needs /proc");
    }

    /** Java tells starts by the clock as it stands now: one that was set since makes another process of this one. */
    @Test
    void onLinuxAStartDoesNotFollowTheClock() {
        onLinux();
        long byTheClock = ProcessHandle.current()
                .info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .orElseThrow();

        assertThat(here.startedAt())
                .isEqualTo(ProcessTicks.read(here.pid()).orElseThrow())
                .isLessThan(byTheClock);
        assertThat(here.isDead()).isFalse();
        assertThat(new ProcessMark(here.pid(), here.startedAt() + 1, here.place()).isDead())
                .isTrue();
    }

    /** Until leases were marked by ticks they had another place, and nobody can compare what they tell. */
    @Test
    void aMarkOfBeforeIsWaitedFor() {
        onLinux();
        String before = here.place().substring(0, here.place().lastIndexOf('/'));

        assertThat(new ProcessMark(here.pid(), 1, before).isDead()).isFalse();
    }

    @Test
    void aProcessMayHaveAnyName() {
        String rest = " S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20 21";

        assertThat(ProcessTicks.parse("42 (java)" + rest)).hasValue(4711);
        assertThat(ProcessTicks.parse("42 (a) b (c d)" + rest)).hasValue(4711);
        assertThat(ProcessTicks.parse("42 (java) S 1 2")).isEmpty();
    }

    @Test
    void whatWasWrittenIsRead() {
        assertThat(ProcessMark.parse(here.text())).hasValue(here);
    }
}
