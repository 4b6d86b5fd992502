// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.CopyThrottle;
import dev.sluice.core.copy.LiveBudget;
import dev.sluice.core.dump.DumpPrograms;

/**
 * What a host allows runs to use. Immutable and thread-safe.
 *
 * @param budget what each copy may use; read anew while it goes on
 * @param throttle the application's say in when copies pause
 * @param retries how patiently failures are tried again
 * @param programs what a copy by mysqldump starts
 */
public record RunSettings(LiveBudget budget, CopyThrottle throttle, RetryLimits retries, DumpPrograms programs) {
    public RunSettings {
        requireNonNull(budget, "budget");
        requireNonNull(throttle, "throttle");
        requireNonNull(retries, "retries");
        requireNonNull(programs, "programs");
    }

    /** At most four readers and four writers, about a minute of patience, no programs. */
    public static RunSettings standard() {
        return new RunSettings(
                LiveBudget.of(CopyBudget.atMost(4, 4)), CopyThrottle.NONE, RetryLimits.DEFAULT, DumpPrograms.NONE);
    }
}
