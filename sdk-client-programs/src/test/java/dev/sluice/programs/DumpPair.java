// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.CatalogReader;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.copy.DumpCopy;
import dev.sluice.core.dump.DumpEnd;
import dev.sluice.core.dump.DumpListener;
import dev.sluice.core.dump.DumpRequest;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.snapshot.Definitions;
import dev.sluice.core.snapshot.SnapshotListener;
import dev.sluice.core.snapshot.SnapshotMoment;
import dev.sluice.core.snapshot.SnapshotRequest;
import dev.sluice.core.snapshot.SnapshotTaker;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A source and a replica for one test alone, with an account that can do what the copy needs, and whose password is hard to pass. */
final class DumpPair implements AutoCloseable {
    static final String USER = "copier";
    static final String PASSWORD = " s3cret'\"\\\\n#; \\\\ é=$HOME";

    private final SharedServers.Loan source;
    private final SharedServers.Loan replica;
    private final Catalogs catalogs = new Catalogs();
    private String sourcePassword = PASSWORD;
    private String replicaPassword = PASSWORD;

    DumpPair(MySqlRelease source, MySqlRelease replica) {
        this.source = SharedServers.ofThisJvm().borrow(source);
        this.replica = SharedServers.ofThisJvm().borrow(replica);
        String create = "CREATE USER '" + USER + "'@'%' IDENTIFIED BY '"
                + PASSWORD.replace("\\", "\\\\").replace("'", "''") + "'";
        for (MySqlServer server : List.of(source(), replica())) {
            server.execute("SET NAMES utf8mb4", create, "GRANT ALL ON *.* TO '" + USER + "'@'%' WITH GRANT OPTION");
        }
    }

    static DumpPair of8033() {
        return new DumpPair(MySqlRelease.MYSQL_8_0_33, MySqlRelease.MYSQL_8_0_33);
    }

    MySqlServer source() {
        return source.server();
    }

    MySqlServer replica() {
        return replica.server();
    }

    void wrongPasswordOnSource() {
        sourcePassword = "wrong-password";
    }

    void wrongPasswordOnReplica() {
        replicaPassword = "wrong-password";
    }

    static MySqlConnector connector(MySqlServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(USER)
                .password(() -> PASSWORD)
                .allowPlainText()
                .build();
    }

    static Path program(String name) {
        return MySqlRelease.MYSQL_8_0_33.clientProgram(name).orElseThrow();
    }

    DumpCopy dump(DumpListener listener, String... databases) {
        catalogs.scope = scope(databases);
        return new DumpCopy(
                ClientPrograms.at(program("mysqldump"), program("mysql")),
                new DumpRequest(
                        end(source(), sourcePassword),
                        end(replica(), replicaPassword),
                        catalogs.scope,
                        Duration.ofMinutes(1)),
                catalogs::last,
                ReplicaBinlog.SKIPPED_WHERE_ALLOWED,
                listener);
    }

    private static DumpEnd end(MySqlServer server, String password) {
        return new DumpEnd(connector(server), USER, () -> password, Tls.required(), DumpEnd.PlainText.ALLOWED);
    }

    static Scope scope(String... databases) {
        return new Scope(List.of(databases), List.of(), List.of(), List.of());
    }

    SnapshotMoment hold(DumpCopy dump, Cancellation cancellation) {
        return new SnapshotTaker(catalogs)
                .hold(
                        connector(source()),
                        new SnapshotRequest(
                                catalogs.scope,
                                List.of(LockKind.GLOBAL_READ_LOCK),
                                Duration.ofSeconds(10),
                                1,
                                Duration.ofSeconds(30)),
                        dump,
                        SnapshotListener.SILENT,
                        cancellation);
    }

    @Override
    public void close() {
        source.close();
        replica.close();
    }

    /** Keeps the definitions that were read last. */
    private static final class Catalogs implements Definitions {
        private Scope scope = Scope.EVERYTHING;
        private volatile @Nullable Catalog last;

        @Override
        public String fingerprint(List<? extends ServerSession> sessions) {
            Catalog read = new CatalogReader(sessions, scope).read();
            last = read;
            return read.fingerprint();
        }

        Catalog last() {
            return Objects.requireNonNull(last);
        }
    }
}
