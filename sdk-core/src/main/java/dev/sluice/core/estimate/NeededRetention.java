// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.ReplicationPlan;
import java.time.Duration;
import java.util.Optional;

/** How long a source has to keep its binary logs for a copy, and whether it does. */
final class NeededRetention {
    /** A run that fails in the evening is looked at in the morning. */
    static final Duration LEAST = Duration.ofHours(24);

    /** The copy, and as long to catch up; and the same once more. */
    static final int TIMES = 4;

    private NeededRetention() {}

    static Duration forCopyOf(Duration longest) {
        Duration needed = longest.multipliedBy(TIMES);
        Duration whole = Duration.ofHours(needed.plusHours(1).minusNanos(1).toHours());
        return whole.compareTo(LEAST) < 0 ? LEAST : whole;
    }

    /** What is wrong with the retention that the run will have; it is raised to what the plan asks for, and never lowered. */
    static Optional<Problem> problem(Duration needed, Optional<Duration> now, ReplicationPlan plan) {
        if (now.isEmpty()) {
            return Optional.empty();
        }
        Duration asked = plan.binlogRetention().orElse(Duration.ZERO);
        Duration kept = asked.compareTo(now.get()) > 0 ? asked : now.get();
        return kept.compareTo(needed) >= 0
                ? Optional.empty()
                : Optional.of(Problem.of(
                        EstimateCode.RETENTION_SHORT,
                        "The source keeps its binary logs for " + inWords(kept) + ", and " + inWords(needed)
                                + " are needed"));
    }

    static String inWords(Duration time) {
        return time.isZero()
                ? "no time that anybody promises"
                : time.toHours() > 0 ? time.toHours() + " h" : time.toSeconds() + " s";
    }
}
