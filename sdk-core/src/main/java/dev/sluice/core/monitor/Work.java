// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.core.mysql.ReplicaStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the applier finishes anything while it has work. One thread at a time. */
final class Work {
    private final Stillness finished = new Stillness();
    private @Nullable Duration since;

    /** For how long it has had work and finished nothing; null if it has none, stands still, or waits on purpose. */
    @Nullable
    Duration goingOnFor(ReplicaStatus status, Asked asked) {
        boolean finishedSome = finished.see(List.of(status.applier().applied(), status.executed()), asked.to());
        if (finishedSome || !hasWork(status)) {
            since = null;
        } else if (since == null) {
            since = asked.to();
        }
        return since == null ? null : asked.to().minus(since);
    }

    private static boolean hasWork(ReplicaStatus status) {
        Optional<BinlogPosition> fetched = status.receiver().fetched();
        return status.applier().isRunning()
                && !status.delay().isWaiting()
                && fetched.isPresent()
                && !fetched.equals(status.applier().applied());
    }
}
