// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.testservers.MySqlRelease;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("long")
class InTheWayIT {
    private static final Duration WINDOW = Duration.ofSeconds(2);

    /** For a busy machine: what comes on top of the window. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(3);
    private static final Duration MUCH_PATIENCE = Duration.ofSeconds(40);

    private static Source withQueriedTable(MySqlRelease release) {
        Source source = Source.of(release);
        source.execute("CREATE TABLE app.queried (id INT PRIMARY KEY)", "INSERT INTO app.queried VALUES (1)");
        return source;
    }

    private static long awaitLong(Source source) {
        String long_ =
                "SELECT MIN(ID) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP%' AND TIME >= ";
        Source.eventually(() -> !source.value(long_ + 2).equals("null"));
        return Long.parseLong(source.value(long_ + 2));
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void behindALongQueryTheGlobalLockIsNotAskedForAndTheRefusalNamesIt(MySqlRelease release) throws SQLException {
        try (Source source = withQueriedTable(release);
                Background<Void> query =
                        source.background("SELECT SLEEP(60) FROM app.queried WHERE 'a-secret' <> ''")) {
            long thread = awaitLong(source);
            Heard heard = new Heard();

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() ->
                            source.take(Source.request(WINDOW, LITTLE_PATIENCE, LockKind.GLOBAL_READ_LOCK), heard))
                    .returns(SnapshotErrorCode.IN_THE_WAY, StepRefusedException::code)
                    .withMessageContaining("thread " + thread + " of root (")
                    .withMessageNotContaining("SLEEP")
                    .withMessageNotContaining("a-secret");

            assertThat(heard.tried).isEmpty();
            assertThat(heard.putOffFor).extracting(Blocker::threadId).contains(thread);
            assertThat(query.isDone()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void theSnapshotIsTakenWhenTheLongQueryIsOver(MySqlRelease release) throws SQLException {
        try (Source source = withQueriedTable(release);
                Background<Void> query = source.background("SELECT SLEEP(4) FROM app.queried")) {
            awaitLong(source);
            Heard heard = new Heard();

            try (Snapshot snapshot =
                    source.take(Source.request(WINDOW, MUCH_PATIENCE, LockKind.GLOBAL_READ_LOCK), heard)) {
                assertThat(query.isDone()).isTrue();
                assertThat(heard.putOffFor).isNotEmpty();
                assertThat(snapshot.lockHeld()).isBetween(Duration.ofNanos(1), WINDOW);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aQueryThatNobodySawComingHoldsUpWritersForTheWindowAtMostAndLeavesNoLock(MySqlRelease release)
            throws SQLException {
        try (Source source = withQueriedTable(release);
                Bookings bookings = Bookings.by(2, source)) {
            Heard heard = new Heard();
            heard.whenTrying(() -> {
                source.background("SELECT SLEEP(30) FROM app.queried");
                Source.eventually(() -> source.running("User sleep", "SELECT SLEEP%") > 0);
            });
            heard.whenSetBack(() -> assertThat(source.takesWritesWithin(SLACK)).isTrue());
            bookings.slowest();

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() ->
                            source.take(Source.request(WINDOW, LITTLE_PATIENCE, LockKind.GLOBAL_READ_LOCK), heard))
                    .returns(SnapshotErrorCode.IN_THE_WAY, StepRefusedException::code);

            assertThat(heard.setBacks).isNotEmpty().containsOnly(SnapshotErrorCode.IN_THE_WAY);
            assertThat(source.running("%", "FLUSH%")).isZero();
            bookings.awaitMore(10);
            assertThat(bookings.slowest()).isLessThan(WINDOW.plus(SLACK));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void anIdleTransactionInTheScopeIsNamedAndTableLocksLeaveWritersFree(MySqlRelease release) throws SQLException {
        try (Source source = withQueriedTable(release);
                Bookings bookings = Bookings.by(2, source);
                Client idle = source.client()) {
            idle.execute("BEGIN", "INSERT INTO app.queried VALUES (2)");
            Source.eventually(() -> !source.value("SELECT MIN(TIMESTAMPDIFF(SECOND, trx_started, NOW()) >= 2)"
                            + " FROM information_schema.INNODB_TRX WHERE trx_mysql_thread_id = " + idle.id())
                    .equals("0"));
            bookings.slowest();
            Heard heard = new Heard();

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() ->
                            source.take(Source.request(WINDOW, LITTLE_PATIENCE, LockKind.TABLE_WRITE_LOCKS), heard))
                    .returns(SnapshotErrorCode.IN_THE_WAY, StepRefusedException::code)
                    .withMessageContaining("thread " + idle.id() + " of root (");

            // 5.7 does not tell who uses which table, so that only trying finds out.
            assertThat(heard.tried.isEmpty()).isEqualTo(release != MySqlRelease.MYSQL_5_7);
            assertThat(source.takesWritesWithin(SLACK)).isTrue();
            bookings.awaitMore(10);
            assertThat(bookings.slowest()).isLessThan(WINDOW.plus(SLACK));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aTransactionThatWaitsForTheLockWhileAnotherWaitsForItsRowsGoesOn(MySqlRelease release) throws SQLException {
        try (Source source = withQueriedTable(release);
                Client first = source.client()) {
            source.execute("INSERT INTO app.queried VALUES (2)");
            Heard heard = new Heard();
            heard.whenTrying(() -> {
                heard.whenTrying(() -> {});
                first.execute("BEGIN", "UPDATE app.queried SET id = 11 WHERE id = 1");
                source.background("UPDATE app.queried SET id = 12 WHERE id = 11 OR id = 1");
                Source.eventually(() -> source.running("%", "UPDATE%12 WHERE%") > 0);
                // Its next statement comes while the lock waits for the other one.
                Background.of(() -> {
                    Source.eventually(() -> source.running("Waiting%", "FLUSH%") > 0);
                    first.execute("UPDATE app.queried SET id = 22 WHERE id = 2", "COMMIT");
                    return null;
                });
            });

            try (Snapshot snapshot =
                    source.take(Source.request(WINDOW, MUCH_PATIENCE, LockKind.GLOBAL_READ_LOCK), heard)) {
                assertThat(heard.setBacks).isNotEmpty();
                assertThat(heard.heldUp).allMatch(held -> held.compareTo(WINDOW.plus(SLACK)) < 0);
                assertThat(snapshot.readers()
                                .get(0)
                                .queryValue("SELECT COUNT(*) FROM app.queried WHERE id IN (12, 22)"))
                        .contains("2");
            }
        }
    }
}
