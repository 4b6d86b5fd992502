// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.Contender.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RaceResultTest {
    private static final Contender SDK = new Timed(Role.SDK);
    private static final Contender LIMIT = new Timed(Role.LIMIT);

    @Test
    void peersAreDividedByTheSdkAndTheSdkByTheLimit() {
        RaceResult result = of(Map.of(
                SDK,
                turns(2),
                LIMIT,
                turns(1),
                new Timed(Role.MYSQLDUMP),
                turns(6),
                new Timed(Role.MYDUMPER),
                turns(3)));

        assertThat(result.ratios()).isEqualTo(Map.of("vs_mysqldump", 3.0, "vs_mydumper", 1.5, "vs_limit", 2.0));
    }

    @Test
    void whereOneSideIsMissingThereIsNoRatio() {
        assertThat(of(Map.of(SDK, turns(2), LIMIT, turns(1))).ratios()).containsOnlyKeys("vs_limit");
        assertThat(of(Map.of(LIMIT, turns(1), new Timed(Role.MYSQLDUMP), turns(6)))
                        .ratios())
                .isEmpty();
    }

    @Test
    void ofTheSamePeerTheFasterOneCounts() {
        Contender two = new MydumperAndMyloader(2, null);
        Contender four = new MydumperAndMyloader(4, null);

        assertThat(of(Map.of(SDK, turns(1), two, turns(5), four, turns(4))).ratios())
                .isEqualTo(Map.of("vs_mydumper", 4.0));
    }

    @Test
    void extraRowsAreInNoRatio() {
        Contender smallHeap = SdkInChildJvm.withHeap(SdkThreads.of(SdkThreads.OWN), "64m");
        Contender noRedoLog = new RedoLogOff(SdkThreads.of(SdkThreads.OWN));

        assertThat(of(Map.of(smallHeap, turns(1), noRedoLog, turns(1), LIMIT, turns(1)))
                        .ratios())
                .isEmpty();
        assertThat(of(Map.of(SDK, turns(2), noRedoLog, turns(1), LIMIT, turns(1)))
                        .ratios())
                .isEqualTo(Map.of("vs_limit", 2.0));
    }

    private static RaceResult of(Map<Contender, List<Turn>> turns) {
        return new RaceResult("narrow", "rows", turns, Map.of());
    }

    /** Around the median. */
    private static List<Turn> turns(double seconds) {
        return List.of(Timed.turn(seconds * 3), Timed.turn(seconds), Timed.turn(seconds / 2));
    }
}
