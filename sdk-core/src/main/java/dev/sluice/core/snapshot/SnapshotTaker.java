// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.core.mysql.*;

public final class SnapshotTaker {
    private final Definitions d;

    public SnapshotTaker(Definitions d) {
        this.d = d;
    }

    public Snapshot take(MySqlConnector c, SnapshotRequest r, SnapshotListener l, Cancellation x) {
        try (MySqlSession lock = c.open(SessionUse.CONTROL)) {
            d.fingerprint(lock);
            var readers = new java.util.ArrayList<MySqlSession>();
            for (int i = 0; i < r.readers(); i++) readers.add(c.open(SessionUse.READER));
            long t = System.nanoTime();
            lock.execute("FLUSH TABLES WITH READ LOCK");
            var co = new CoordinatesReader(Dialect.of(lock.version()), java.time.Clock.systemUTC())
                    .read(lock, "", "ftwrl");
            for (var s : readers) {
                s.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                s.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
            }
            lock.execute("UNLOCK TABLES");
            return new Snapshot(co, java.time.Duration.ofNanos(System.nanoTime() - t), readers);
        }
    }
}
