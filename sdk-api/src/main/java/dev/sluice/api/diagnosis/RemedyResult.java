// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.diagnosis;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What became of a remedy. Immutable and thread-safe.
 *
 * @param remedy its id
 * @param done the ids of the operations that were done, in order
 * @param after what was found when replication had settled, or a minute was over
 */
public record RemedyResult(String remedy, List<String> done, Diagnosis after) {
    public RemedyResult {
        requireNonNull(remedy, "remedy");
        done = List.copyOf(done);
        requireNonNull(after, "after");
    }

    /** Whether replication runs now and nothing more was found. */
    public boolean isHealthy() {
        return after.isHealthy();
    }
}
