// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.SnapshotLimits;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
@Tag("long")
class SnapshotWatchIT {
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final SnapshotLimits LIMITS = SnapshotLimits.DEFAULT;

    private final Queue<Problem> warnings = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private SnapshotWatch watch(MySqlConnector source, SnapshotLimits limits) {
        return SnapshotWatch.begin(source, List.of(), limits, warnings::add, closed::countDown, OFTEN);
    }

    private static long history(Source source) {
        try (MySqlSession session = source.connector().open(SessionUse.CONTROL)) {
            return UndoHistory.length(session);
        }
    }

    private static void change(Source source, int times) {
        for (int i = 0; i < times; i++) {
            source.execute("REPLACE INTO app.probe VALUES (" + i % 7 + ")", "DELETE FROM app.probe");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void whatASnapshotKeepsFromBeingPurgedIsCountedWithAndWithoutTheMetric(MySqlRelease release) {
        try (Source source = Source.of(release);
                Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK)) {
            change(source, 30);
            long byMetric = history(source);
            try {
                source.execute("SET GLOBAL innodb_monitor_disable = 'trx_rseg_history_len'");

                // What was there before may go at any time, what the snapshot holds may not.
                assertThat(byMetric).isGreaterThanOrEqualTo(30);
                assertThat(history(source)).isBetween(30L, byMetric + 20);
            } finally {
                source.execute("SET GLOBAL innodb_monitor_enable = 'trx_rseg_history_len'");
            }
            assertThat(snapshot.coordinates()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aHistoryThatGrowsWarnsOnceThenEndsTheReading(MySqlRelease release) {
        try (Source source = Source.of(release);
                Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK)) {
            long now = history(source);
            SnapshotLimits limits = LIMITS.history(now + 20, now + 1000);
            try (SnapshotWatch watch = watch(source.connector(), limits)) {
                assertThatThrownBy(() -> watch.whileReading(new Cancellation(), reading -> {
                            // What was there before may still be purged, so that a fixed number might not be enough.
                            Source.eventually(() -> {
                                change(source, 10);
                                return warnings.size() == 1;
                            });
                            assertThat(reading.isCancelled()).isFalse();
                            Source.eventually(() -> {
                                change(source, 200);
                                return reading.isCancelled();
                            });
                            reading.check();
                        }))
                        .isInstanceOfSatisfying(
                                StepRefusedException.class,
                                refused -> assertThat(refused.code()).isEqualTo(SnapshotErrorCode.HISTORY_TOO_LONG));
            }
            assertThat(warnings).extracting(Problem::code).containsExactly(SnapshotErrorCode.HISTORY_LONG);
            assertThat(closed.getCount()).as("whoever reads ends by itself").isEqualTo(1);
            assertThat(snapshot.coordinates()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_31"})
    void whileNobodyReadsTheLimitClosesTheSnapshots(MySqlRelease release) throws InterruptedException {
        SnapshotLimits limits = LIMITS.age(Duration.ofMillis(200), Duration.ofMillis(600));
        try (Source source = Source.of(release);
                SnapshotWatch watch = watch(source.connector(), limits)) {
            closed.await();

            assertThatThrownBy(() -> watch.whileReading(new Cancellation(), reading -> {
                        throw new AssertionError("read all the same");
                    }))
                    .isInstanceOfSatisfying(
                            StepRefusedException.class,
                            refused -> assertThat(refused.code()).isEqualTo(SnapshotErrorCode.SNAPSHOT_TOO_OLD));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void withoutThePrivilegeOneWarningSaysSoAndTheAgeCounts(MySqlRelease release) {
        SnapshotLimits limits = LIMITS.age(Duration.ofMillis(500), Duration.ofHours(1));
        try (Source source = Source.of(release)) {
            source.execute("CREATE USER 'test_blind'@'%' IDENTIFIED BY 'bl1nd-P.word'");
            try (SnapshotWatch watch = watch(source.connector("test_blind", "bl1nd-P.word"), limits)) {
                Source.eventually(() -> warnings.size() == 2);
                watch.whileReading(new Cancellation(), reading -> reading.sleep(OFTEN.multipliedBy(4)));
            }
            assertThat(warnings)
                    .extracting(Problem::code)
                    .containsExactly(SnapshotErrorCode.HISTORY_UNREADABLE, SnapshotErrorCode.SNAPSHOT_OLD);
            assertThat(warnings.element().what()).contains("PROCESS");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_31"})
    void aSessionThatIsLostIsOpenedAnewAndNoneIsLeft(MySqlRelease release) {
        String mine = "SELECT ID FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND USER = 'root'"
                + " AND COMMAND = 'Sleep'";
        try (Source source = Source.of(release)) {
            try (SnapshotWatch watch = watch(source.connector(), LIMITS)) {
                Source.eventually(() -> !source.server().query(mine).isEmpty());
                String first = source.value(mine);
                source.execute("KILL " + first);

                Source.eventually(
                        () -> source.server().query(mine).stream().anyMatch(row -> !first.equals(row.get(0))));
                assertThat(watch).isNotNull();
            }
            Source.eventually(() -> source.server().query(mine).isEmpty());
        }
    }
}
