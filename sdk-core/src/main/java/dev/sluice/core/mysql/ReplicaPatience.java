// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether it makes sense to go on waiting for a replica: the one judgement of everybody who does. An error that stopped a half does not
 * pass, a source that is away may come back, and a replica that stands still without an error may just be restarted by somebody who starts
 * it again. Remembers since when it stands still; one object for each wait. One thread at a time.
 */
public final class ReplicaPatience {
    /** How long a replica may stand still without an error. */
    public static final Duration WITH_STOPPED = Duration.ofMinutes(1);

    private final Clock clock;
    private @Nullable Instant stoppedSince;

    /** @param clock tells how long the replica has stood still; one object judges one wait */
    public ReplicaPatience(Clock clock) {
        this.clock = clock;
    }

    /** What waiting will come to. */
    public enum Verdict {
        /** It goes on, or may do so soon. */
        GOES_ON,
        /** The receiver is on its way back to a source that is away: waited for, and worth a warning. */
        SOURCE_AWAY,
        /** It stood still for too long, and no error says why. */
        STANDS_STILL,
        /** A half stopped with an error. */
        FAILED
    }

    /** From what the replica says now. */
    public Verdict judge(ReplicaStatus status) {
        ReplicaHealth health = status.health();
        if (!health.isStopped()) {
            stoppedSince = null;
            if (health.isFailed()) {
                return Verdict.FAILED;
            }
            return health == ReplicaHealth.RECEIVER_RETRYING ? Verdict.SOURCE_AWAY : Verdict.GOES_ON;
        }
        Instant now = clock.instant();
        Instant since = stoppedSince == null ? now : stoppedSince;
        stoppedSince = since;
        return Duration.between(since, now).compareTo(WITH_STOPPED) >= 0 ? Verdict.STANDS_STILL : Verdict.GOES_ON;
    }
}
