// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.snapshot;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import dev.sluice.core.catalog.CatalogReader;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.snapshot.LockWindow;
import dev.sluice.core.snapshot.SnapshotListener;
import dev.sluice.core.snapshot.SnapshotMoment;
import dev.sluice.core.snapshot.SnapshotOpener;
import dev.sluice.core.snapshot.SnapshotRequest;
import dev.sluice.core.snapshot.SnapshotTaker;
import dev.sluice.testing.front.FaultFront;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A snapshot of database {@code app} that is taken through a front, and stays at opening while it holds the lock. */
final class LockOfStrandedHost implements AutoCloseable {
    /** So long that this JVM does not give the lock back within a test. */
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private final FaultFront front;
    private final Cancellation cancellation = new Cancellation();
    private final NeverOpen opener = new NeverOpen();
    private final CompletableFuture<SnapshotMoment> taking;

    private LockOfStrandedHost(MySqlServer server, LockKind lock) {
        this.front = FaultFront.to(server.host(), server.port());
        this.taking = CompletableFuture.supplyAsync(() -> take(server, lock), task -> {
            Thread thread = new Thread(task, "locking");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Returns when the lock is held. */
    static LockOfStrandedHost held(MySqlServer server, LockKind lock) throws InterruptedException {
        LockOfStrandedHost host = new LockOfStrandedHost(server, lock);
        if (!host.opener.opening.await(30, TimeUnit.SECONDS)) {
            host.close();
            throw new IllegalStateException("No lock: " + host.taking);
        }
        return host;
    }

    private SnapshotMoment take(MySqlServer server, LockKind lock) {
        Scope app = new Scope(List.of("app"), List.of(), List.of(), List.of());
        MySqlConnector source = MySqlConnector.builder()
                .address(new ServerAddress(front.host(), front.port()))
                .user(server.rootUser())
                .password(server::rootPassword)
                .allowPlainText()
                .build();
        return new SnapshotTaker(
                        sessions -> new CatalogReader(sessions, app).read().fingerprint())
                .hold(
                        source,
                        new SnapshotRequest(app, List.of(lock), WINDOW, 1, Duration.ZERO),
                        opener,
                        SnapshotListener.SILENT,
                        cancellation);
    }

    /** No packet passes any more, on no connection, and neither end hears that the other is gone. */
    void strand() {
        // Over a new connection this host could still kill the session that holds the lock.
        front.refuse();
        front.strand();
    }

    @Override
    public void close() {
        cancellation.cancel();
        front.close();
    }

    private static final class NeverOpen implements SnapshotOpener {
        private final CountDownLatch opening = new CountDownLatch(1);

        @Override
        public void prepare(Cancellation cancellation) {}

        @Override
        public void open(LockWindow window) {
            opening.countDown();
            while (!window.remaining().isZero()) {
                window.pause(Duration.ofSeconds(1));
            }
        }

        @Override
        public void discard() {}
    }
}
