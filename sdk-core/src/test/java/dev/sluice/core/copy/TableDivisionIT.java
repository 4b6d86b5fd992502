// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Scope;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables are divided by all readers while the replica is made ready. */
@Timeout(120)
class TableDivisionIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();
    private static final int TABLES = 6;
    private static final int ROWS = 1024;
    private static final long UNIT = 16_384;

    private static void fill(MySqlServer server) {
        server.execute(
                "CREATE DATABASE app",
                "CREATE TABLE app.t0 (id INT AUTO_INCREMENT PRIMARY KEY, v CHAR(100) NOT NULL)",
                "INSERT INTO app.t0 (v) VALUES ('a'), ('b')");
        for (int rows = 2; rows < ROWS; rows *= 2) {
            server.execute("INSERT INTO app.t0 (v) SELECT v FROM app.t0");
        }
        for (int i = 1; i < TABLES; i++) {
            server.execute(
                    "CREATE TABLE app.t" + i + " LIKE app.t0", "INSERT INTO app.t" + i + " SELECT * FROM app.t0");
        }
        for (int i = 0; i < TABLES; i++) {
            server.query("ANALYZE TABLE app.t" + i);
        }
    }

    private static List<String> units(MySqlServer source, int readers) {
        try (Copies copies = Copies.of(source, Scope.EVERYTHING, readers)) {
            List<TableCopy> tables =
                    copies.catalog().tables().stream().map(TableCopy::new).toList();
            TableDivision division = new TableDivision(
                    tables, copies.snapshot(), Copies.connector(source), Copies.REQUEST.withUnitsOf(UNIT));
            CopyFailure failure = new CopyFailure();
            CopyThreads threads = new CopyThreads(failure);
            division.addTo(threads, failure, new Cancellation());
            threads.run(new Cancellation());
            return division.units().stream()
                    .map(unit -> unit.table().name() + unit.part())
                    .toList();
        }
    }

    @Test
    void severalReadersFindWhatOneFinds() {
        try (Loan source = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31)) {
            fill(source.server());

            List<String> byOne = units(source.server(), 1);

            assertThat(byOne).hasSizeGreaterThan(TABLES * 3).doesNotHaveDuplicates();
            assertThat(units(source.server(), 4)).isEqualTo(byOne);
        }
    }

    @Test
    void aReplicaThatRefusesCostsNoSnapshot() {
        try (Loan source = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31);
                Loan replica = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31)) {
            fill(source.server());
            replica.server().execute("CREATE DATABASE app", "CREATE TABLE app.t3 (id INT)");
            try (Copies copies = Copies.of(source.server(), Scope.EVERYTHING, 4)) {
                CopyRequest request = Copies.REQUEST.withUnitsOf(UNIT);
                assertThatExceptionOfType(StepRefusedException.class)
                        .isThrownBy(() -> copies.to(replica.server(), request, new Copies.Heard(), new Cancellation()))
                        .withMessageContaining("t3");

                replica.server().execute("DROP DATABASE app");

                assertThat(copies.to(replica.server(), request, new Copies.Heard(), new Cancellation())
                                .rows())
                        .isEqualTo(TABLES * ROWS);
            }
        }
    }

    @Test
    void whoeverCancelsHearsOfNothingElse() {
        try (Loan source = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31);
                Loan replica = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31)) {
            fill(source.server());
            Cancellation cancellation = new Cancellation();
            CopyListener cancelling = new Copies.Heard() {
                @Override
                public void creates(CreatedObjects objects) {
                    cancellation.cancel();
                }
            };
            try (Copies copies = Copies.of(source.server(), Scope.EVERYTHING, 4)) {
                assertThatExceptionOfType(CancelledException.class)
                        .isThrownBy(() -> copies.to(
                                replica.server(), Copies.REQUEST.withUnitsOf(UNIT), cancelling, cancellation));
            }
        }
    }
}
