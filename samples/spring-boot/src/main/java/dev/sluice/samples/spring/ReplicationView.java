// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.api.run.ReplicationState;
import org.jspecify.annotations.Nullable;

/**
 * A replication as HTTP clients see it.
 *
 * @param health the name of the health, or {@code NOT_SEEN}
 * @param reason why it is so
 * @param remedy what to do about it
 * @param lagSeconds how far the replica is behind, as well as is known
 */
record ReplicationView(
        String health,
        String reason,
        String remedy,
        @Nullable Double lagSeconds) {
    static final ReplicationView NOT_SEEN = new ReplicationView("NOT_SEEN", "nobody has looked yet", "Wait", null);

    static ReplicationView of(ReplicationState state) {
        return new ReplicationView(
                state.health().name(),
                state.reason(),
                state.health().remedy(),
                state.lag().best().map(lag -> lag.toMillis() / 1000.0).orElse(null));
    }
}
