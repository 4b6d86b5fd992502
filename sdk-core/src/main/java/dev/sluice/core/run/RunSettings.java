// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static java.util.Objects.requireNonNull;

import dev.sluice.core.dump.ClientPrograms;

/**
 * What a host allows runs to use. Immutable and thread-safe.
 *
 * @param readers connections to the source that read in parallel, 1 to 64
 * @param writers connections to the replica that write in parallel, 1 to 64
 * @param retries how patiently failures are tried again
 * @param programs what a copy by mysqldump starts
 */
public record RunSettings(int readers, int writers, RetryLimits retries, ClientPrograms programs) {
    public RunSettings {
        requireNonNull(retries, "retries");
        requireNonNull(programs, "programs");
        if (readers < 1 || readers > 64 || writers < 1 || writers > 64) {
            throw new IllegalArgumentException("Readers and writers are 1 to 64, not " + readers + " and " + writers);
        }
    }

    /** Four readers, four writers, about a minute of patience, programs on the PATH. */
    public static RunSettings standard() {
        return new RunSettings(4, 4, RetryLimits.DEFAULT, ClientPrograms.onPath());
    }
}
