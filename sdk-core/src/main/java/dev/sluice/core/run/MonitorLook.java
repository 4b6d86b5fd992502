// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.core.monitor.Asked;
import dev.sluice.core.monitor.BeatSight;
import dev.sluice.core.monitor.ChannelWatch;
import dev.sluice.core.monitor.SourceSight;
import dev.sluice.core.monitor.Uptime;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks source, replica and heartbeat, in this order, and has it judged. Whatever fails is what was seen. One thread at a time. */
final class MonitorLook implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MonitorLook.class);
    private static final String OWN = "";

    /** A replica that was asked right after its source has seldom applied the very last transaction. */
    private static final int SECOND_LOOKS = 5;

    private static final Duration BEFORE_SECOND_LOOK = Duration.ofMillis(200);

    private final MonitoredReplica replica;
    private final @Nullable MonitoredSource source;
    private final @Nullable HeartbeatWriter heartbeat;
    private final MonitorSettings settings;
    private final Uptime uptime;
    private final Clock clock;
    private final Map<String, ChannelWatch> channels = new HashMap<>();
    private Optional<BinlogPosition> applied = Optional.empty();

    /**
     * Asks nobody yet.
     *
     * @param source null if it is not known
     * @param heartbeat null if none is written
     */
    MonitorLook(
            MonitoredReplica replica,
            @Nullable MonitoredSource source,
            @Nullable HeartbeatWriter heartbeat,
            MonitorSettings settings,
            Uptime uptime,
            Clock clock) {
        this.replica = replica;
        this.source = source;
        this.heartbeat = heartbeat;
        this.settings = settings;
        this.uptime = uptime;
        this.clock = clock;
    }

    /**
     * What was seen.
     *
     * @param channels the plan's first
     * @param move a failover since the time before
     */
    record Seen(List<ReplicationState> channels, Optional<ReplicaMove> move) {}

    Seen look(Cancellation stop) {
        try {
            Optional<ReplicaMove> move = replica.move(stop);
            return new Seen(states(stop), move);
        } catch (SluiceException failure) {
            return unreachable(failure.problems().get(0).what());
        } catch (RuntimeException unexpected) {
            // The watching must go on whatever a server or a connection source of the host's does.
            if (!stop.isCancelled()) {
                log.warn("A look at the replica failed in a way that nobody thought of", unexpected);
            }
            return unreachable(unexpected.toString());
        }
    }

    private Seen unreachable(String why) {
        replica.reset();
        return new Seen(
                List.of(channel(OWN).see(ReplicationHealth.REPLICA_UNREACHABLE, why, OWN, clock.instant())),
                Optional.empty());
    }

    private List<ReplicationState> states(Cancellation stop) {
        SourceSight sight = source();
        List<ReplicationState> states = states(sight);
        for (int i = 0; i < SECOND_LOOKS && isOpen(states.get(0)) && stop.sleep(BEFORE_SECOND_LOOK); i++) {
            states = states(sight);
        }
        return states;
    }

    /** Whether a moment later it may be known how far the replica is behind. */
    private static boolean isOpen(ReplicationState state) {
        return state.health() == ReplicationHealth.UNPROVEN
                && state.lag().byPosition().isPresent()
                && state.positions().written().isPresent();
    }

    private List<ReplicationState> states(SourceSight sight) {
        Duration before = uptime.now();
        List<ReplicaStatus> statuses = replica.statuses();
        Asked asked = new Asked(before, uptime.now());
        BeatSight beat = beat();
        List<ReplicationState> states = new ArrayList<>();
        Optional<ReplicaStatus> own =
                statuses.stream().filter(status -> status.channel().equals(OWN)).findFirst();
        states.add(own.map(status -> channel(OWN).see(status, asked, askedAgain(sight, status), beat, clock.instant()))
                .orElseGet(this::notConfigured));
        statuses.stream()
                .filter(status -> !status.channel().equals(OWN))
                .map(status -> channel(status.channel())
                        .see(status, asked, ofOther(sight, status), BeatSight.NONE, clock.instant()))
                .forEach(states::add);
        return List.copyOf(states);
    }

    private ReplicationState notConfigured() {
        ReplicationHealth none = ReplicationHealth.NOT_CONFIGURED;
        return channel(OWN).see(none, none.meaning(), OWN, clock.instant());
    }

    private SourceSight source() {
        return source == null ? new SourceSight.Unknown("the plan names no source") : source.ask(applied);
    }

    /** A source that went down between both questions is seen as that; and only now it is known whether its logs must be listed. */
    private SourceSight askedAgain(SourceSight sight, ReplicaStatus status) {
        boolean first = applied.isEmpty();
        applied = status.applier().applied();
        if (!(sight instanceof SourceSight.Seen seen)) {
            return sight;
        }
        boolean unlisted = first
                && applied.filter(there ->
                                !there.file().equals(seen.at().position().file()))
                        .isPresent();
        return unlisted || status.receiver().state() == ReceiverState.CONNECTING ? source() : sight;
    }

    /** The plan's source may be that of other channels as well. */
    private static SourceSight ofOther(SourceSight sight, ReplicaStatus status) {
        return sight instanceof SourceSight.Seen seen
                        && seen.at()
                                .serverUuid()
                                .equalsIgnoreCase(status.source().uuid())
                ? sight
                : new SourceSight.Unknown("the channel's source is not this plan's");
    }

    private BeatSight beat() {
        HeartbeatWriter writer = heartbeat;
        if (writer == null) {
            return BeatSight.NONE;
        }
        Duration before = uptime.now();
        try {
            Optional<Long> there = replica.beat(writer.monitor());
            return writer.ledger().look(there, new Asked(before, uptime.now()));
        } catch (SluiceException failure) {
            return writer.ledger().unseen(failure.problems().get(0).what());
        }
    }

    private ChannelWatch channel(String name) {
        return channels.computeIfAbsent(name, each -> new ChannelWatch(settings));
    }

    @Override
    public void close() {
        replica.close();
        if (source != null) {
            source.close();
        }
        if (heartbeat != null) {
            heartbeat.close();
        }
    }
}
