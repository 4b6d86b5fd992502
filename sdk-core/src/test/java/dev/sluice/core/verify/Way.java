// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.awaitility.Awaitility.await;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.ReplicationThread;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.snapshot.SnapshotListener;
import java.time.Duration;
import java.util.List;

/** Both ways to compare a replica while its source is written to. */
enum Way {
    LIVE {
        @Override
        VerificationReport compare(LivePair live, String... databases) {
            return live.pair().compare(Pair.request(Consistency.LIVE, databases));
        }
    },
    /** The applier is held by hand here; how a run holds it is tested where engines are. */
    AT_ONE_POSITION {
        @Override
        VerificationReport compare(LivePair live, String... databases) {
            return atOnePosition(live, () -> {}, VerifyListener.NONE, databases);
        }
    };

    abstract VerificationReport compare(LivePair live, String... databases);

    /**
     * At one position.
     *
     * @param between is done when both snapshots are open and the servers go on
     */
    static VerificationReport atOnePosition(
            LivePair live, Runnable between, VerifyListener listener, String... databases) {
        Cancellation never = new Cancellation();
        try (ExactVerification servers = new ExactVerification(
                        Pair.connector(live.pair().source()),
                        Pair.connector(live.pair().replica()),
                        Pair.request(Consistency.STANDING_STILL, databases),
                        never);
                MySqlSession replica = Pair.connector(live.pair().replica()).open(SessionUse.CONTROL)) {
            Dialect dialect = Dialect.of(replica.version());
            replica.execute(dialect.stop(ReplicationThread.APPLIER, ""));
            Coordinates position = servers.openSource(
                    List.of(LockKind.GLOBAL_READ_LOCK),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    SnapshotListener.SILENT);
            replica.execute(dialect.startApplierUntil(position.position(), ""));
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> status(replica)
                            .applier()
                            .applied()
                            .filter(position.position()::equals)
                            .isPresent());
            replica.execute(dialect.stop(ReplicationThread.APPLIER, ""));
            servers.openReplica();
            replica.execute(dialect.start(ReplicationThread.APPLIER, ""));
            between.run();
            return servers.compare(Duration.ZERO, listener, never);
        }
    }

    private static ReplicaStatus status(MySqlSession replica) {
        return ReplicaStatusReader.readDefault(replica, Dialect.of(replica.version()))
                .orElseThrow();
    }
}
