// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.run.LagRange;
import dev.sluice.core.monitor.Asked;
import dev.sluice.core.monitor.SourceMarks;
import dev.sluice.core.monitor.Uptime;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.ReplicaHealth;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** One wait until a replica is behind by no more than some time. One thread at a time. */
final class CatchingUp {
    private final ServerLink source;
    private final LinkDialect dialect;
    private final Supplier<ReplicaStatus> replica;
    private final Duration maxLag;
    private final Clock clock;
    private final Uptime uptime = Uptime.begin();
    private final SourceMarks marks = new SourceMarks();

    CatchingUp(ServerLink source, Supplier<ReplicaStatus> replica, Duration maxLag, Clock clock) {
        this.source = source;
        this.dialect = new LinkDialect(source);
        this.replica = replica;
        this.maxLag = maxLag;
        this.clock = clock;
    }

    /**
     * Asks once; what keeps it, or nothing once it is so.
     *
     * @throws dev.sluice.api.error.StepRefusedException if the replica is told to stay further behind
     */
    Optional<String> whatIsMissing() {
        Duration before = uptime.now();
        Coordinates now = new CoordinatesReader(dialect.get(), clock).read(source.session(), "", "read to wait for it");
        marks.add(now, new Asked(before, uptime.now()));
        Duration asked = uptime.now();
        ReplicaStatus status = replica.get();
        requirePossible(status);
        if (status.health() != ReplicaHealth.RUNNING) {
            return Optional.of(status.reason());
        }
        if (!status.canTell(now)) {
            return Optional.of("it follows another server than this source");
        }
        LagRange range = marks.range(status, new Asked(asked, uptime.now())).orElseThrow();
        return range.atMost().filter(most -> most.compareTo(maxLag) <= 0).isPresent()
                ? Optional.empty()
                : Optional.of("it is behind by " + range);
    }

    private void requirePossible(ReplicaStatus status) {
        Duration told = status.delay().configured();
        if (told.compareTo(maxLag) > 0) {
            throw AppliedWait.refused("The replica is told to stay " + told.toSeconds()
                    + " s behind (SOURCE_DELAY), which is more than " + maxLag.toMillis() + " ms");
        }
    }
}
