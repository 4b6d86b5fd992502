// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.CancelledException;
import dev.sluice.testservers.MySqlRelease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("long")
class WindowIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    static Stream<Arguments> serversAndLocks() {
        return ConsistencyIT.serversAndLocks();
    }

    /** Opens nothing, and takes its time for it. */
    private static class SlowOpener implements SnapshotOpener {
        final CountDownLatch opening = new CountDownLatch(1);
        final AtomicInteger discarded = new AtomicInteger();
        private final Duration time;

        SlowOpener(Duration time) {
            this.time = time;
        }

        @Override
        public void prepare(Cancellation cancellation) {}

        @Override
        public void open(LockWindow window) {
            opening.countDown();
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                window.pause(Duration.ofMillis(20));
            }
        }

        @Override
        public void discard() {
            discarded.incrementAndGet();
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndLocks")
    void theLockEndsWithTheWindowHoweverLongOpeningTakes(MySqlRelease release, LockKind lock) throws SQLException {
        try (Source source = Source.of(release)) {
            Heard heard = new Heard()
                    .whenSetBack(
                            () -> assertThat(source.takesWritesWithin(AT_ONCE)).isTrue());
            SlowOpener opener = new SlowOpener(Duration.ofSeconds(30));
            Duration window = Duration.ofMillis(1500);

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> Source.taker()
                            .hold(
                                    source.connector(),
                                    Source.request(window, Duration.ZERO, lock),
                                    opener,
                                    heard,
                                    new Cancellation()))
                    .returns(SnapshotErrorCode.NOT_OPENED, StepRefusedException::code)
                    .withMessageContaining("1500 ms");

            assertThat(heard.heldUp)
                    .singleElement()
                    .satisfies(held -> assertThat(held).isBetween(window.minusMillis(100), window.plus(AT_ONCE)));
            assertThat(opener.discarded.get()).isPositive();
        }
    }

    @Test
    void theTimeThatWritersAreHeldUpIsMeasured() {
        try (Source source = Source.of(MySqlRelease.MYSQL_8_0_31)) {
            SnapshotMoment moment = Source.taker()
                    .hold(
                            source.connector(),
                            Source.request(LockKind.GLOBAL_READ_LOCK),
                            new SlowOpener(Duration.ofMillis(2300)),
                            SnapshotListener.SILENT,
                            new Cancellation());

            assertThat(moment.lockHeld()).isBetween(Duration.ofMillis(2300), Duration.ofSeconds(5));
            assertThat(moment.attempt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndLocks")
    void aLockThatVanishesWhileTheSnapshotOpensGivesNone(MySqlRelease release, LockKind lock) {
        try (Source source = Source.of(release)) {
            Heard heard = new Heard();
            SlowOpener opener = new SlowOpener(Duration.ofMillis(400));
            Background<Void> killer = Background.of(() -> {
                assertThat(opener.opening.await(20, TimeUnit.SECONDS)).isTrue();
                String locking = "SELECT ID FROM information_schema.PROCESSLIST WHERE COMMAND = 'Sleep' AND ID IN"
                        + " (SELECT MAX(ID) FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID())";
                source.execute("KILL " + source.value(locking));
                return null;
            });

            SnapshotMoment moment =
                    Source.taker().hold(source.connector(), Source.request(lock), opener, heard, new Cancellation());

            assertThat(killer.isDone()).isTrue();
            assertThat(heard.setBacks).containsExactly(SnapshotErrorCode.NOT_OPENED);
            assertThat(moment.attempt()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndLocks")
    void cancellingWhileTheLockIsHeldFreesTheSourceAtOnce(MySqlRelease release, LockKind lock) throws Throwable {
        try (Source source = Source.of(release)) {
            Cancellation cancellation = new Cancellation();
            SlowOpener opener = new SlowOpener(Duration.ofSeconds(30));
            Background<SnapshotMoment> taking = Background.of(() -> Source.taker()
                    .hold(
                            source.connector(),
                            Source.request(Duration.ofSeconds(30), Duration.ofSeconds(60), lock),
                            opener,
                            SnapshotListener.SILENT,
                            cancellation));
            assertThat(opener.opening.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(source.takesWritesWithin(Duration.ofMillis(300))).isFalse();

            cancellation.cancel();

            assertThat(source.takesWritesWithin(AT_ONCE)).isTrue();
            assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> taking.result(AT_ONCE));
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndLocks")
    void cancellingWhileTheLockIsWaitedForFreesTheSourceAtOnce(MySqlRelease release, LockKind lock) throws Throwable {
        try (Source source = Source.of(release);
                Client holder = source.client()) {
            source.execute("CREATE TABLE app.busy (id INT PRIMARY KEY)", "INSERT INTO app.busy VALUES (1)");
            Cancellation cancellation = new Cancellation();
            Heard heard = new Heard().whenTrying(() -> {
                holder.execute("BEGIN", "SELECT * FROM app.busy");
                source.background("SELECT SLEEP(20) FROM app.busy");
                Source.eventually(() -> source.running("User sleep", "SELECT SLEEP%") > 0);
            });
            Background<Snapshot> taking = Background.of(() -> Source.taker()
                    .take(
                            source.connector(),
                            Source.request(Duration.ofSeconds(60), Duration.ofSeconds(60), lock),
                            heard,
                            cancellation));
            String waiting = lock == LockKind.GLOBAL_READ_LOCK ? "FLUSH TABLES WITH%" : "LOCK TABLES%";
            Source.eventually(() -> source.running("Waiting%", waiting) > 0);

            cancellation.cancel();

            assertThat(source.takesWritesWithin(AT_ONCE)).isTrue();
            assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> taking.result(AT_ONCE));
        }
    }

    @Test
    void cancellingWhileATryIsPutOffEndsTheWaiting() throws Throwable {
        try (Source source = Source.of(MySqlRelease.MYSQL_8_0_31)) {
            source.execute("INSERT INTO app.probe VALUES (1)");
            source.background("SELECT SLEEP(60) FROM app.probe");
            Source.eventually(() -> source.value("SELECT COUNT(*) FROM information_schema.PROCESSLIST"
                            + " WHERE INFO LIKE 'SELECT SLEEP%' AND TIME >= 1 AND ID <> CONNECTION_ID()")
                    .equals("1"));
            Cancellation cancellation = new Cancellation();
            Heard heard = new Heard();
            Background<Snapshot> taking = Background.of(() -> Source.taker()
                    .take(
                            source.connector(),
                            Source.request(Duration.ofSeconds(2), Duration.ofSeconds(60), LockKind.GLOBAL_READ_LOCK),
                            heard,
                            cancellation));
            Source.eventually(() -> !heard.putOffFor.isEmpty());

            cancellation.cancel();

            assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> taking.result(AT_ONCE));
            assertThat(heard.tried).isEmpty();
        }
    }
}
