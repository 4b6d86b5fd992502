// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.spi.Failovers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What hints at a failover of a replica while its sessions still live: the provider's events, and the replica's own address. Both only have
 * the servers asked on new connections. One thread at a time.
 */
final class FailoverSigns {
    private static final Logger log = LoggerFactory.getLogger(FailoverSigns.class);

    /** Providers count calls. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /** An event may be told a moment after it happened, and its clock is not this one's. */
    private static final Duration EARLIER = Duration.ofMinutes(2);

    private final Failovers failovers;
    private final Endpoint replica;
    private final HostAddresses addresses;
    private final Clock clock;
    private List<String> told = List.of();
    private Instant began;
    private Instant nextQuestion;

    FailoverSigns(Failovers failovers, Endpoint replica, ServerAddress address, Clock clock) {
        this.failovers = failovers;
        this.replica = replica;
        this.addresses = new HostAddresses(address.host());
        this.clock = clock;
        this.began = clock.instant();
        this.nextQuestion = began.plus(PAUSE);
    }

    Failovers failovers() {
        return failovers;
    }

    /** Whether something new was heard since the last question. */
    boolean tellOfAMove() {
        boolean moved = replica.connectionSource().isEmpty() && addresses.haveChanged();
        if (clock.instant().isBefore(nextQuestion)) {
            return moved;
        }
        nextQuestion = clock.instant().plus(PAUSE);
        List<String> now = told(began);
        boolean news = !now.equals(told) && !now.isEmpty();
        told = now;
        return news || moved;
    }

    /** What the provider says about failovers since about then; nothing if it cannot be asked, since the servers know better. */
    List<String> told(Instant since) {
        try {
            return failovers.toldSince(replica, since.minus(EARLIER));
        } catch (SluiceException silent) {
            log.info(
                    "The events of a replica could not be asked for. replica={} problem={}",
                    replica.label(),
                    silent.problems());
            return List.of();
        }
    }
}
