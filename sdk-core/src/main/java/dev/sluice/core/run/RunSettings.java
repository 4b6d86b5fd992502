// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

/**
 * What a host allows runs to use. Immutable and thread-safe.
 *
 * @param readers connections to the source that read in parallel, 1 to 64
 * @param writers connections to the replica that write in parallel, 1 to 64
 * @param retries how patiently failures are tried again
 */
public record RunSettings(int readers, int writers, RetryLimits retries) {
    /** Four readers, four writers, about a minute of patience. */
    public static final RunSettings DEFAULT = new RunSettings(4, 4, RetryLimits.DEFAULT);

    public RunSettings {
        if (readers < 1 || readers > 64 || writers < 1 || writers > 64) {
            throw new IllegalArgumentException("Readers and writers are 1 to 64, not " + readers + " and " + writers);
        }
    }
}
