// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.testservers.MySqlRelease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PreparedXaIT {
    private static final String[] PREPARE = {
        "XA START 'forgotten'", "REPLACE INTO app.probe VALUES (7)", "XA END 'forgotten'", "XA PREPARE 'forgotten'"
    };

    static Stream<Arguments> serversAndLocks() {
        return ConsistencyIT.serversAndLocks();
    }

    /** A transaction that outlives its session. */
    private static void prepareAndLeave(Source source) throws SQLException {
        try (Client client = source.client()) {
            client.execute(PREPARE);
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndLocks")
    void aPreparedTransactionIsRefusedByNameBeforeAnythingIsLocked(MySqlRelease release, LockKind lock)
            throws SQLException {
        try (Source source = Source.of(release)) {
            prepareAndLeave(source);
            Heard heard = new Heard();

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() ->
                            source.take(Source.request(Duration.ofSeconds(2), Duration.ofSeconds(1), lock), heard))
                    .returns(SnapshotErrorCode.PREPARED_XA, StepRefusedException::code)
                    .withMessageContaining("1 XA transactions are prepared");

            assertThat(heard.tried).isEmpty();
            source.execute("XA ROLLBACK 'forgotten'");
            try (Snapshot snapshot = source.take(lock)) {
                assertThat(snapshot.readers()).hasSize(3);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndLocks")
    void oneThatIsPreparedInTheLastMomentGivesNoSnapshotUntilItIsOver(MySqlRelease release, LockKind lock) {
        try (Source source = Source.of(release)) {
            Heard heard = new Heard();
            heard.whenTrying(() -> {
                heard.whenTrying(() -> {});
                prepareAndLeave(source);
            });
            heard.whenSetBack(() -> {
                heard.whenSetBack(() -> {});
                source.execute("XA COMMIT 'forgotten'");
            });

            try (Snapshot snapshot = source.take(Source.request(lock), heard)) {
                // Where LOCK TABLES waits for it, that shows first.
                assertThat(heard.setBacks)
                        .first()
                        .isIn(SnapshotErrorCode.PREPARED_XA, SnapshotErrorCode.IN_THE_WAY)
                        .satisfies(code -> assertThat(
                                        lock == LockKind.TABLE_WRITE_LOCKS || code == SnapshotErrorCode.PREPARED_XA)
                                .isTrue());
                assertThat(snapshot.readers().get(0).queryValue("SELECT id FROM app.probe"))
                        .contains("7");
            }
        }
    }

    @Test
    void whoMayNotSeePreparedTransactionsIsRefused() {
        try (Source source = Source.of(MySqlRelease.MYSQL_8_0_31)) {
            source.execute(
                    "CREATE USER test_blind IDENTIFIED BY 'pw'",
                    "GRANT PROCESS, RELOAD, REPLICATION CLIENT, SELECT ON *.* TO test_blind");
            Heard heard = new Heard();

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> Source.taker()
                            .take(
                                    source.connector("test_blind", "pw"),
                                    Source.request(LockKind.GLOBAL_READ_LOCK),
                                    heard,
                                    new dev.sluice.core.mysql.Cancellation()))
                    .returns(SnapshotErrorCode.XA_NOT_VISIBLE, StepRefusedException::code)
                    .withMessageContaining("GRANT XA_RECOVER_ADMIN");

            assertThat(heard.tried).isEmpty();
        }
    }
}
