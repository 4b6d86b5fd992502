// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.error.StepException;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.copy.CopyRequest.ReplicaBinlog;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody else changes the replica while it is loaded: what does not arrive as it was fails the copy, however it travels. */
@Timeout(120)
class CopyFailuresIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();
    private static final CopyRequest ONE_BY_ONE = new CopyRequest(1, ReplicaBinlog.SKIPPED_WHERE_ALLOWED);

    private static Loan source;
    private static Loan replica;

    @BeforeAll
    static void open() {
        source = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31);
        replica = SERVERS.borrow(MySqlRelease.MYSQL_8_0_31);
        source.server()
                .execute(
                        "CREATE DATABASE app",
                        "CREATE TABLE app.a (id INT PRIMARY KEY, v VARCHAR(10))",
                        "CREATE TABLE app.b LIKE app.a",
                        "INSERT INTO app.a VALUES (1, 'first')",
                        "INSERT INTO app.b VALUES (1, 'secret'), (2, 'secret'), (3, 'other')");
    }

    @AfterAll
    static void close() {
        replica.close();
        source.close();
    }

    @ParameterizedTest(name = "local_infile {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ON | INSERT INTO app.b VALUES (2, 'mine')",
                "OFF | INSERT INTO app.b VALUES (2, 'mine')",
                "ON | ALTER TABLE app.b MODIFY v VARCHAR(2)",
                "OFF | ALTER TABLE app.b MODIFY v VARCHAR(2)",
                "ON | ALTER TABLE app.b ADD UNIQUE KEY (v)",
                "OFF | ALTER TABLE app.b ADD UNIQUE KEY (v)",
            })
    void aDuplicateOrCutValueFailsTheLoad(String localInfile, String meanwhile) {
        replica.server().execute("DROP DATABASE IF EXISTS app", "SET GLOBAL local_infile = " + localInfile);
        try (Copies copies = Copies.of(source.server(), Scope.EVERYTHING, 1)) {
            StepException failure = catchThrowableOfType(
                    StepException.class,
                    () -> copies.to(
                            replica.server(),
                            ONE_BY_ONE,
                            new AfterFirstTable(replica.server(), meanwhile),
                            new Cancellation()));

            assertThat(failure).isNotNull();
            assertThat(failure.getMessage()).doesNotContain("secret");
        }
    }

    /** The writer of the rows tells of the first table, and goes on with the second only when this has returned. */
    private static final class AfterFirstTable extends Copies.Heard {
        private final MySqlServer replica;
        private final String statement;

        AfterFirstTable(MySqlServer replica, String statement) {
            this.replica = replica;
            this.statement = statement;
        }

        @Override
        public void progress(TableName table, long rows, long bytes) {
            if (table.table().equals("a")) {
                replica.execute(statement);
            }
        }
    }
}
