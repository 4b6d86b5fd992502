// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.run;

import java.time.Duration;
import java.util.Optional;

/**
 * Watches a replication until it is closed, on a thread of its own. It survives a lost connection and says so, and recognises that the
 * replica was moved to another server. It reads only; what it does after a failover where the plan allows it by name, see
 * {@link dev.sluice.api.plan.Consent#REPOINT_BY_MONITOR}. Thread-safe.
 * Made by Sluice, which closes it with itself; not for implementing.
 */
public interface Monitor extends AutoCloseable {
    /** The pause between two looks where nobody says otherwise. */
    Duration DEFAULT_INTERVAL = Duration.ofSeconds(5);

    /** The shortest and the longest pause between two looks. */
    Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    Duration LONGEST_INTERVAL = Duration.ofHours(1);

    /** What was seen last; empty before the first look. */
    Optional<ReplicationState> latest();

    /** Ends the watching; listeners hear what was seen before, for at most five seconds. Without effect the second time. */
    @Override
    void close();
}
