// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.run.CatalogKeeper;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotListener;
import dev.sluice.core.snapshot.SnapshotRequest;
import dev.sluice.core.snapshot.SnapshotTaker;
import java.util.List;
import java.util.function.Supplier;

/**
 * A snapshot as a run takes it, with the definitions that were read beside it.
 *
 * @param snapshot the snapshot
 * @param catalog the definitions
 */
record BenchSnapshot(Snapshot snapshot, Catalog catalog) implements AutoCloseable {
    static MySqlConnector connector(String host, int port, String user, Supplier<String> password) {
        return MySqlConnector.builder()
                .address(new ServerAddress(host, port))
                .user(user)
                .password(password)
                .allowPlainText()
                .build();
    }

    static BenchSnapshot of(MySqlConnector source, int readers) {
        Scope scope = new Scope(List.of(BenchCommand.DATABASE), List.of(), List.of(), List.of());
        CatalogKeeper definitions = new CatalogKeeper(scope);
        SnapshotRequest request = new SnapshotRequest(
                scope,
                List.of(LockKind.GLOBAL_READ_LOCK),
                SnapshotRequest.DEFAULT_WINDOW,
                readers,
                SnapshotRequest.DEFAULT_PATIENCE);
        Snapshot snapshot =
                new SnapshotTaker(definitions).take(source, request, SnapshotListener.SILENT, new Cancellation());
        return new BenchSnapshot(snapshot, definitions.catalog());
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
