// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.CatalogReader;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotListener;
import dev.sluice.core.snapshot.SnapshotRequest;
import dev.sluice.core.snapshot.SnapshotTaker;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class CopierIT {
    private static MySqlConnector connector(MySqlServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(server.rootUser())
                .password(server::rootPassword)
                .allowPlainText()
                .build();
    }

    private static CopyReport copy(MySqlServer source, MySqlServer replica) {
        MySqlConnector from = connector(source);
        AtomicReference<Catalog> catalog = new AtomicReference<>();
        SnapshotTaker taker = new SnapshotTaker(session -> {
            catalog.set(new CatalogReader(session, Scope.EVERYTHING).read());
            return catalog.get().fingerprint();
        });
        SnapshotRequest request = new SnapshotRequest(
                Scope.EVERYTHING,
                List.of(LockKind.GLOBAL_READ_LOCK),
                SnapshotRequest.DEFAULT_WINDOW,
                2,
                SnapshotRequest.DEFAULT_PATIENCE);
        try (Snapshot snapshot = taker.take(from, request, SnapshotListener.SILENT, new Cancellation())) {
            return new Copier(new CopyRequest(2, CopyRequest.ReplicaBinlog.SKIPPED_WHERE_ALLOWED), new Silent())
                    .copy(snapshot, from, catalog.get(), connector(replica), new Cancellation());
        }
    }

    @ParameterizedTest
    @CsvSource({"5.7,5.7", "5.7,8.0", "8.0,8.0", "8.0,9"})
    void rowsArriveAsTheyWereStored(String sourceVersion, String replicaVersion) {
        SharedServers servers = SharedServers.ofThisJvm();
        try (SharedServers.Loan source = servers.borrow(MySqlRelease.named(sourceVersion));
                SharedServers.Loan replica = servers.borrow(MySqlRelease.named(replicaVersion))) {
            source.server()
                    .execute(
                            "CREATE DATABASE `a``b'c` CHARACTER SET latin1",
                            "CREATE TABLE `a``b'c`.`t-1` (id INT AUTO_INCREMENT PRIMARY KEY, f FLOAT, d DOUBLE, b BIT(13), j JSON,"
                                    + " v VARBINARY(300), u VARCHAR(20) CHARACTER SET utf8mb4, n VARCHAR(5), g INT AS (CHAR_LENGTH(u)) VIRTUAL,"
                                    + " ts TIMESTAMP(6) NULL, p POINT, e ENUM('x','y'), UNIQUE KEY (u))",
                            "INSERT INTO `a``b'c`.`t-1` (f, d, b, j, v, u, n, ts, p, e) VALUES"
                                    + " (0.1, -0e0, b'1010', '{\"a\":[1,\"ß\"]}', x'00090A0D5C271A22', 'ß', '', '2020-01-01 00:00:00.123456', POINT(1,2), 'x'),"
                                    + " (3.40282e38, 1.7976931348623157e308, NULL, NULL, '', 'sz', NULL, NULL, NULL, NULL)");

            CopyReport report = copy(source.server(), replica.server());

            assertThat(report.rows()).isEqualTo(2);
            String all =
                    "SELECT id, f * 1e0, d, HEX(b), CAST(j AS CHAR), HEX(v), HEX(u), n, g, ts, HEX(ST_AsText(p)), e"
                            + " FROM `a``b'c`.`t-1` ORDER BY id";
            assertThat(replica.server().query(all)).isEqualTo(source.server().query(all));
        }
    }

    @Test
    void aValueThatIsCutFailsTheUnit() {
        try (SharedServers.Loan source = SharedServers.ofThisJvm()
                .borrow(MySqlRelease.MYSQL_8_0_31, options -> options.setting("local_infile", "ON"))) {
            source.server().execute("CREATE DATABASE cut", "CREATE TABLE cut.t (v VARCHAR(3))");
            MySqlConnector replica = connector(source.server());
            try (MySqlSession session = new TargetSession(
                            replica, new CopyRequest(1, CopyRequest.ReplicaBinlog.WRITTEN), "utf8mb4_0900_ai_ci")
                    .open(new Cancellation())) {
                Catalog catalog = new CatalogReader(session, Scope.EVERYTHING).read();
                LoadBatch batch = new LoadBatch(new TableCopy(catalog.tables().get(0)), 16);
                batch.value("four".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0);
                batch.endRow();

                assertThatThrownBy(() -> batch.write(session))
                        .isInstanceOfSatisfying(
                                StepRefusedException.class,
                                e -> assertThat(e.code()).isEqualTo(CopyCode.ROWS_NOT_CONFIRMED))
                        .hasMessageNotContaining("four");
            }
        }
    }

    /** Hears nothing. */
    private static final class Silent implements CopyListener {
        @Override
        public void planned(TableName table, long estimatedRows, long estimatedBytes) {}

        @Override
        public void progress(TableName table, long rows, long bytes) {}

        @Override
        public void tableDone(TableName table, long rows, long bytes) {}

        @Override
        public void warning(Problem problem) {}
    }
}
