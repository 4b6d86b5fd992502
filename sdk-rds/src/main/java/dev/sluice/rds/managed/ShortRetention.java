// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Quote;
import java.util.Optional;

/**
 * Early releases of Aurora MySQL version 2 take a longer retention without a word and keep binary logs for a week all the same. Which
 * releases these are is not documented, so that it is read back.
 */
final class ShortRetention {
    private static final long HOURS = 168;

    private ShortRetention() {}

    static boolean isPossible(StepContext context, RetentionRaise raise) {
        return raise.raised() > HOURS
                && raise.before().filter(hours -> hours >= HOURS).isEmpty()
                && context.source()
                        .variable("aurora_version")
                        .filter(version -> version.startsWith("2."))
                        .isPresent();
    }

    /** What the run has set, also where the server has made less of it. */
    static String query(RetentionRaise raise) {
        return "SELECT IF(shown.value = " + HOURS + ", " + Quote.literal(Long.toString(raise.raised()))
                + ", shown.value) FROM (" + RetentionConfiguration.query() + ") shown";
    }

    /**
     * That the server has not made less of it.
     *
     * @throws StepRefusedException if it has
     */
    static void requireNotCut(RetentionRaise raise, Optional<Long> now) {
        if (now.filter(hours -> hours == HOURS).isPresent()) {
            throw new StepRefusedException(Problem.of(
                    ManagedErrorCode.RETENTION_OUT_OF_RANGE,
                    "The source was told to keep its binary logs for " + raise.raised() + " h, and keeps them for "
                            + HOURS + " h",
                    "Ask for " + HOURS + " h at most, or upgrade the cluster"));
        }
    }
}
