// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run, killed at every moment and at random ones: {@code ./check --kill-matrix}. {@code -Dsluice.kill.only} takes one point by its name,
 * {@code -Dsluice.kill.part} so many of them, chosen by {@code -Dsluice.kill.seed}; only the whole matrix is written down.
 */
@Tag("kill-matrix")
@Timeout(value = 180, unit = TimeUnit.MINUTES)
class KillMatrixIT {
    private static final String ONLY = System.getProperty("sluice.kill.only", "");
    private static final int PART = Integer.getInteger("sluice.kill.part", Integer.MAX_VALUE);
    private static final long SEED = Long.getLong("sluice.kill.seed", 20261122);
    private static final int RANDOMS = Integer.getInteger("sluice.kill.randoms", 100);
    private static final int WORKERS = Integer.getInteger("sluice.kill.workers", 2);
    private static final int MOST_NOT_REACHED = 6;
    private static final Path DOCUMENT = Path.of("..", "docs", "kill-matrix.md");

    @TempDir
    Path temporary;

    @Test
    void whereverARunIsKilledNothingIsLostOrDoubledOrLeft() throws Exception {
        Undisturbed undisturbed;
        try (KillAttempt attempt = new KillAttempt(temporary.resolve("undisturbed"))) {
            undisturbed = Undisturbed.of(attempt);
        }
        List<MatrixPoint> all = MatrixPoint.all(undisturbed, SEED, RANDOMS);
        List<MatrixPoint> chosen = ONLY.isEmpty() ? part(all) : MatrixPoint.named(ONLY, undisturbed, SEED, RANDOMS);
        System.out.printf("KILL MATRIX seed=%d all=%d chosen=%d%n", SEED, all.size(), chosen.size());
        assertThat(chosen).isNotEmpty();

        KillMatrix matrix = new KillMatrix(undisturbed, temporary);
        Map<MatrixPoint, KillOutcome> outcomes = matrix.tryAll(chosen, WORKERS);

        System.out.printf(
                "KILL MATRIX longest_pause_ms=%d%n", matrix.longestPause().toMillis());
        if (chosen.size() == all.size()) {
            Files.write(DOCUMENT, new KillMatrixDocument(undisturbed, outcomes, matrix.longestPause()).lines());
        }
        boolean isClean = tell(outcomes);
        assertThat(isClean).as("see the output for what is not").isTrue();
        assertThat(outcomes.values())
                .filteredOn(KillOutcome.NOT_REACHED::equals)
                .as("moments that no run came to")
                .hasSizeLessThan(MOST_NOT_REACHED);
    }

    private static List<MatrixPoint> part(List<MatrixPoint> all) {
        if (PART >= all.size()) {
            return all;
        }
        List<MatrixPoint> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(SEED));
        return shuffled.subList(0, PART);
    }

    /** The last line speaks of the points that were resumed, and of what was left by any. */
    private static boolean tell(Map<MatrixPoint, KillOutcome> all) {
        all.forEach((point, outcome) -> {
            if (!outcome.isClean()) {
                System.out.println("KILL MATRIX NOT CLEAN " + point.name() + ": " + outcome);
            }
        });
        Map<MatrixPoint, KillOutcome> outcomes = new LinkedHashMap<>(all);
        outcomes.values().removeIf(KillOutcome.NOT_REACHED::equals);
        long lost =
                outcomes.values().stream().mapToLong(each -> each.rows().lost()).sum();
        long doubled = outcomes.values().stream()
                .mapToLong(each -> each.rows().doubled())
                .sum();
        long leftovers = outcomes.values().stream()
                .mapToLong(each -> each.leftovers().size())
                .sum();
        System.out.printf(
                "KILL MATRIX ABANDONED points=%d as_before=%d%n",
                count(outcomes, true, false), count(outcomes, true, true));
        System.out.printf(
                "KILL MATRIX points=%d resumed=%d lost_rows=%d doubled_rows=%d leftovers=%d%n",
                count(outcomes, false, false), count(outcomes, false, true), lost, doubled, leftovers);
        return lost + doubled + leftovers == 0;
    }

    private static long count(Map<MatrixPoint, KillOutcome> outcomes, boolean isAbandoned, boolean onlyClean) {
        return outcomes.entrySet().stream()
                .filter(each -> each.getKey().isAbandoned() == isAbandoned)
                .filter(each -> !onlyClean || each.getValue().isClean())
                .count();
    }
}
