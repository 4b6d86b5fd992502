// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.GtidSet;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.run.Figure;
import dev.sluice.api.run.LagRange;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationLag;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.api.run.ReplicationState.Half;
import dev.sluice.api.run.ReplicationState.Halves;
import dev.sluice.api.run.ReplicationState.Positions;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One channel that is looked at again and again: remembers what the judgement of a single look would not know. One thread at a time. */
public final class ChannelWatch {
    private final HealthRules rules;
    private final SourceMarks marks = new SourceMarks();
    private final Stillness written = new Stillness();
    private final Arrivals arrivals = new Arrivals();
    private final Work work = new Work();
    private @Nullable ReplicationHealth health;
    private Instant since = Instant.EPOCH;

    public ChannelWatch(MonitorSettings settings) {
        this.rules = new HealthRules(settings);
    }

    /**
     * What a look came to.
     *
     * @param status of the channel
     * @param asked when the replica was asked for it
     * @param source asked before the replica was
     * @param at the time for people
     */
    public ReplicationState see(ReplicaStatus status, Asked asked, SourceSight source, BeatSight beat, Instant at) {
        SourceSight usable = usable(source, status);
        boolean moved = remember(usable);
        ReplicationLag lag = lag(status, asked, usable, beat);
        Picture picture = new Picture(
                status,
                usable,
                beat,
                lag,
                arrivals.missingFor(status, asked, usable, beat, moved),
                work.goingOnFor(status, asked),
                asked.to().minus(written.since()));
        Verdict verdict = rules.judge(picture);
        return state(status, usable, lag, verdict, at);
    }

    /** A state that says nothing of the channel itself. */
    public ReplicationState see(ReplicationHealth found, String why, String channel, Instant at) {
        return new ReplicationState(
                at,
                channel,
                found,
                sinceOf(found, at),
                why,
                Halves.UNKNOWN,
                ReplicationLag.unknown(found.meaning()),
                Positions.UNKNOWN);
    }

    private static SourceSight usable(SourceSight source, ReplicaStatus status) {
        if (!(source instanceof SourceSight.Seen seen) || status.canTell(seen.at())) {
            return source;
        }
        return new SourceSight.Unknown("the server that this host knows as the source is at "
                + seen.at().position() + " and is not the one that the channel applies, or its logs were renamed");
    }

    /** Whether the source has gone on since it was seen before. */
    private boolean remember(SourceSight source) {
        if (!(source instanceof SourceSight.Seen seen)) {
            return false;
        }
        boolean goesOn = marks.add(seen.at(), seen.asked());
        return written.see(seen.at().position(), seen.asked().to()) && goesOn;
    }

    private ReplicationLag lag(ReplicaStatus status, Asked asked, SourceSight source, BeatSight beat) {
        LagRange byPosition = marks.range(status, asked).orElse(null);
        if (!(source instanceof SourceSight.Seen seen)) {
            ReplicationLag unknown = ReplicationLag.unknown("where the source stands is not known");
            return new ReplicationLag(
                    beat.lag().orElse(null),
                    byPosition,
                    status.lag().orElse(null),
                    unknown.transactions(),
                    unknown.bytes(),
                    unknown.bytesToFetch());
        }
        BinlogPosition end = seen.at().position();
        return new ReplicationLag(
                beat.lag().orElse(null),
                byPosition,
                status.lag().orElse(null),
                transactions(status, seen),
                BinlogDistance.between(status.applier().applied(), end, seen.logs()),
                BinlogDistance.between(status.receiver().fetched(), end, seen.logs()));
    }

    private static Figure transactions(ReplicaStatus status, SourceSight.Seen source) {
        if (!status.source().autoPosition()) {
            return Figure.unknown("the channel follows file and position");
        }
        Optional<GtidSet> gtids = source.at().gtids();
        return gtids.isPresent() && gtids.get() instanceof MySqlGtidSet known
                ? Figure.of(status.missingOf(known).count())
                : Figure.unknown("the source has no GTIDs");
    }

    private ReplicationState state(
            ReplicaStatus status, SourceSight source, ReplicationLag lag, Verdict verdict, Instant at) {
        return new ReplicationState(
                at,
                status.channel(),
                verdict.health(),
                sinceOf(verdict.health(), at),
                verdict.reason(),
                halves(status),
                lag,
                new Positions(
                        source instanceof SourceSight.Seen seen ? seen.at().position() : null,
                        status.receiver().fetched().orElse(null),
                        status.applier().applied().orElse(null)));
    }

    private static Halves halves(ReplicaStatus status) {
        Half receiver = switch (status.receiver().state()) {
            case RUNNING -> Half.RUNNING;
            case CONNECTING -> Half.CONNECTING;
            case STOPPED -> Half.STOPPED;
        };
        return new Halves(receiver, status.applier().isRunning() ? Half.RUNNING : Half.STOPPED);
    }

    private Instant sinceOf(ReplicationHealth now, Instant at) {
        if (now != health) {
            health = now;
            since = at;
        }
        return since;
    }
}
