// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.CatalogReader;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.core.run.CatalogKeeper;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotListener;
import dev.sluice.core.snapshot.SnapshotRequest;
import dev.sluice.core.snapshot.SnapshotTaker;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A snapshot of a test server, and copies of it. */
final class Copies implements AutoCloseable {
    static final CopyRequest REQUEST = new CopyRequest(2, ReplicaBinlog.SKIPPED_WHERE_ALLOWED);

    private final MySqlConnector source;
    private final Catalog catalog;
    private final Snapshot snapshot;

    private Copies(MySqlConnector source, Catalog catalog, Snapshot snapshot) {
        this.source = source;
        this.catalog = catalog;
        this.snapshot = snapshot;
    }

    static Copies of(MySqlServer source) {
        return of(source, Scope.EVERYTHING, 2);
    }

    static Copies of(MySqlServer source, Scope scope, int readers) {
        return of(connector(source), scope, readers);
    }

    static Copies of(MySqlConnector from, Scope scope, int readers) {
        CatalogKeeper definitions = new CatalogKeeper(scope);
        Snapshot snapshot = new SnapshotTaker(definitions)
                .take(
                        from,
                        new SnapshotRequest(
                                scope,
                                List.of(LockKind.GLOBAL_READ_LOCK),
                                SnapshotRequest.DEFAULT_WINDOW,
                                readers,
                                SnapshotRequest.DEFAULT_PATIENCE),
                        SnapshotListener.SILENT,
                        new Cancellation());
        return new Copies(from, definitions.catalog(), snapshot);
    }

    static MySqlConnector connector(MySqlServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(server.rootUser())
                .password(server::rootPassword)
                .allowPlainText()
                .build();
    }

    static Catalog catalog(MySqlServer server, Scope scope) {
        try (MySqlSession session = connector(server).open(SessionUse.CONTROL)) {
            return new CatalogReader(session, scope).read();
        }
    }

    Catalog catalog() {
        return catalog;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    CopyReport to(MySqlServer replica) {
        return to(replica, REQUEST, new Heard(), new Cancellation());
    }

    CopyReport to(MySqlServer replica, CopyRequest request, CopyListener listener, Cancellation cancellation) {
        return to(connector(replica), request, listener, cancellation);
    }

    CopyReport to(MySqlConnector replica, CopyRequest request, CopyListener listener, Cancellation cancellation) {
        return new Copier(request, listener).copy(snapshot, source, catalog, replica, cancellation);
    }

    @Override
    public void close() {
        snapshot.close();
    }

    /** Remembers what it was told. */
    static class Heard implements CopyListener {
        final List<TableName> planned = Collections.synchronizedList(new ArrayList<>());
        final List<TableName> done = Collections.synchronizedList(new ArrayList<>());
        final List<Problem> warnings = Collections.synchronizedList(new ArrayList<>());
        final List<Problem> retries = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void planned(TableName table, long estimatedRows, long estimatedBytes) {
            planned.add(table);
        }

        @Override
        public void progress(TableName table, long rows, long bytes) {}

        @Override
        public void tableDone(TableName table, long rows, long bytes) {
            done.add(table);
        }

        @Override
        public void warning(Problem problem) {
            warnings.add(problem);
        }

        @Override
        public void retried(TableName table, int failedAttempt, Duration pause, Problem why) {
            retries.add(why);
        }
    }
}
