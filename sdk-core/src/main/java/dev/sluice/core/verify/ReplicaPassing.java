// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ReplicaPatience;
import dev.sluice.core.mysql.ReplicaPatience.Verdict;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Tells when the replica has applied all that the source had committed at some moment. One thread at a time. */
final class ReplicaPassing {
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final MySqlSession source;
    private final MySqlSession replica;
    private final String sourceUuid;
    private final Deadline deadline;
    private final Cancellation cancellation;

    /** One for all waits: once it stood still for long, it is not waited for again. */
    private final ReplicaPatience patience = new ReplicaPatience(Clock.systemUTC());

    ReplicaPassing(SessionPair sessions, Deadline deadline, Cancellation cancellation) {
        this.source = sessions.source().session();
        this.replica = sessions.replica().session();
        this.sourceUuid = source.queryValue(VerifyStatements.SERVER_UUID).orElse("");
        this.deadline = deadline;
        this.cancellation = cancellation;
    }

    /** Where the source stands now: whatever a query before this has seen lies before it. */
    Coordinates mark() {
        return new CoordinatesReader(Dialect.of(source.version()), Clock.systemUTC()).read(source, "", "verification");
    }

    /**
     * Waits until the replica has applied everything before a mark.
     *
     * @return empty once it has, else why that will not come
     * @throws StepRefusedException if the replica has no channel from this source
     */
    Optional<String> await(Coordinates mark) {
        Duration pause = Duration.ofMillis(2);
        while (!deadline.isOver()) {
            ReplicaStatus status = channel();
            Verdict verdict = patience.judge(status);
            if (status.hasApplied(mark)) {
                return Optional.empty();
            }
            if (verdict == Verdict.FAILED || verdict == Verdict.STANDS_STILL) {
                return Optional.of("replication stands still: " + status.reason());
            }
            if (!cancellation.sleep(pause)) {
                cancellation.check();
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return Optional.of("the replica did not get as far as " + mark.position() + " before the deadline");
    }

    private ReplicaStatus channel() {
        return ReplicaStatusReader.readAll(replica, Dialect.of(replica.version())).stream()
                .filter(status -> status.source().uuid().equalsIgnoreCase(sourceUuid))
                .findFirst()
                .orElseThrow(() -> new StepRefusedException(Problem.of(
                        VerifyCode.NOT_REPLICATING,
                        replica.server() + " has no replication channel from server " + sourceUuid)));
    }
}
