// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.operation.LockKind;
import dev.sluice.testservers.MySqlRelease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VanishedHostIT {
    /** What the project promises. */
    private static final Duration PROMISED = Duration.ofSeconds(15);

    private static final Duration BLOCKED = Duration.ofMillis(300);

    /** The oldest server and the usual one, each kind of lock once: what ends a session is the server, and its settings are the same for both. */
    static Stream<Arguments> eachLock() {
        return Stream.of(
                Arguments.of(MySqlRelease.MYSQL_5_7, LockKind.TABLE_WRITE_LOCKS),
                Arguments.of(MySqlRelease.MYSQL_8_0_31, LockKind.GLOBAL_READ_LOCK));
    }

    static Stream<Arguments> otherServersAndLocks() {
        return ConsistencyIT.serversAndLocks()
                .filter(each -> eachLock().noneMatch(quick -> Arrays.equals(quick.get(), each.get())));
    }

    private static void awaitLocked(Source source, LockHolder holder) {
        Source.eventually(() -> {
            assertThat(holder.isAlive()).isTrue();
            return !source.takesWritesWithin(BLOCKED);
        });
    }

    @ParameterizedTest
    @MethodSource("eachLock")
    void killingTheJvmThatHoldsTheLockLeavesTheSourceWritable(MySqlRelease release, LockKind lock) throws Exception {
        try (Source source = Source.of(release);
                LockHolder holder = LockHolder.start(source, lock)) {
            awaitLocked(source, holder);

            holder.kill();

            assertThat(source.takesWritesWithin(PROMISED)).isTrue();
        }
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("otherServersAndLocks")
    void killingItLeavesEveryOtherServerWritable(MySqlRelease release, LockKind lock) throws Exception {
        killingTheJvmThatHoldsTheLockLeavesTheSourceWritable(release, lock);
    }

    @ParameterizedTest
    @MethodSource("eachLock")
    void aHostThatVanishesWithoutAWordWhileItHoldsTheLockLeavesTheSourceWritable(MySqlRelease release, LockKind lock)
            throws Exception {
        try (Source source = Source.of(release);
                LockHolder holder = LockHolder.start(source, lock)) {
            awaitLocked(source, holder);

            holder.stop();

            assertThat(source.takesWritesWithin(PROMISED)).isTrue();
            assertThat(holder.isAlive()).isTrue();
        }
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("otherServersAndLocks")
    void vanishingWithoutAWordLeavesEveryOtherServerWritable(MySqlRelease release, LockKind lock) throws Exception {
        aHostThatVanishesWithoutAWordWhileItHoldsTheLockLeavesTheSourceWritable(release, lock);
    }

    @Test
    void aHostThatVanishesWhileItWaitsForTheLockLeavesTheSourceWritable() throws Exception {
        waitingAndVanishing(MySqlRelease.MYSQL_8_0_31);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_9"})
    void vanishingWhileItWaitsLeavesEveryOtherServerWritable(MySqlRelease release) throws Exception {
        waitingAndVanishing(release);
    }

    private static void waitingAndVanishing(MySqlRelease release) throws Exception {
        try (Source source = Source.of(release)) {
            source.execute("CREATE TABLE app.busy (id INT PRIMARY KEY)", "INSERT INTO app.busy VALUES (1)");
            source.background("SELECT SLEEP(100) FROM app.busy");
            Source.eventually(() -> source.running("User sleep", "SELECT SLEEP%") > 0);
            try (LockHolder holder = LockHolder.start(source, LockKind.GLOBAL_READ_LOCK)) {
                Source.eventually(() -> source.running("Waiting%", "FLUSH TABLES WITH%") > 0);
                assertThat(canWrite(source)).isFalse();

                holder.stop();

                assertThat(source.takesWritesWithin(PROMISED)).isTrue();
                assertThat(holder.isAlive()).isTrue();
            }
        }
    }

    private static boolean canWrite(Source source) throws SQLException {
        return source.takesWritesWithin(BLOCKED);
    }
}
