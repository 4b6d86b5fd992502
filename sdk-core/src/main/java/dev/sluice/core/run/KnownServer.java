// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.facts.ServerIdentity;
import java.time.Duration;
import java.time.Instant;

/**
 * A server as it was seen at a moment.
 *
 * @param identity what it said about itself
 * @param at when, by the host's clock
 */
record KnownServer(ServerIdentity identity, Instant at) {
    /** Servers tell whole seconds, and the answer takes its time. */
    private static final Duration INEXACT = Duration.ofSeconds(2);

    /** Whether a server that was seen later is this one, and has not been restarted since. */
    boolean goesOnAs(KnownServer later) {
        return identity.isSameServerAs(later.identity)
                && !later.startedAt().isAfter(startedAt().plus(INEXACT));
    }

    private Instant startedAt() {
        return at.minus(identity.up());
    }
}
