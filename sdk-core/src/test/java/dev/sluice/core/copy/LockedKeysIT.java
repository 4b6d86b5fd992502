// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.ServerErrorCode;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody on the replica reads a table, as a backup does, when its keys are to be built. */
@Tag("long")
@Timeout(180)
class LockedKeysIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();

    @Test
    void keysAreBuiltWhenTheReaderHasGone() throws SQLException {
        try (Loan source = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31);
                Loan replica = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31);
                Reader reader = new Reader(replica.server())) {
            source.server()
                    .execute(
                            "CREATE DATABASE app",
                            "CREATE TABLE app.t (id INT PRIMARY KEY, v INT, KEY by_v (v))",
                            "INSERT INTO app.t VALUES (1, 1), (2, 2)");
            try (Copies copies = Copies.of(source.server())) {
                copies.to(replica.server(), Copies.REQUEST.with(IndexTiming.AFTER_ROWS), reader, new Cancellation());
            }

            assertThat(reader.retries).isNotEmpty().extracting(Problem::code).containsOnly(ServerErrorCode.LOCK_WAIT);
            assertThat(replica.server().query("SELECT v FROM app.t FORCE INDEX (by_v) ORDER BY v"))
                    .hasSize(2);
        }
    }

    /** Reads the table from when its rows are there until the copy had to wait. */
    private static final class Reader extends Copies.Heard implements AutoCloseable {
        private final Connection connection;

        Reader(MySqlServer server) throws SQLException {
            this.connection = server.connect();
        }

        @Override
        public void tableDone(TableName table, long rows, long bytes) {
            run("BEGIN");
            run("SELECT * FROM app.t");
        }

        @Override
        public void retried(TableName table, int failedAttempt, Duration pause, Problem why) {
            super.retried(table, failedAttempt, pause, why);
            run("COMMIT");
        }

        private void run(String sql) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
