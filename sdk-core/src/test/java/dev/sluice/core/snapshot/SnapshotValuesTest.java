// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SnapshotValuesTest {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final List<LockKind> LOCKS = List.of(LockKind.GLOBAL_READ_LOCK);

    private static SnapshotRequest request(List<LockKind> locks, Duration window, int readers, Duration patience) {
        return new SnapshotRequest(Scope.EVERYTHING, locks, window, readers, patience);
    }

    @Test
    void aRequestRefusesWhatCannotWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(List.of(), WINDOW, 1, WINDOW))
                .withMessageContaining("at least one way to lock");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(LOCKS, Duration.ofMillis(99), 1, WINDOW))
                .withMessageContaining("window");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(LOCKS, WINDOW, 0, WINDOW))
                .withMessageContaining("readers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(LOCKS, WINDOW, 65, WINDOW))
                .withMessageContaining("readers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(LOCKS, WINDOW, 1, Duration.ofMillis(-1)))
                .withMessageContaining("Patience");
    }

    @Test
    void triesBecomeMorePatientUpToTheWindow() {
        assertThat(LongStream.rangeClosed(1, 6)
                        .map(attempt -> LockLimits.ofAttempt((int) attempt, WINDOW)
                                .acquire()
                                .toMillis()))
                .containsExactly(625L, 1250L, 2500L, 5000L, 5000L, 5000L);
    }

    /** The worst that can happen when this JVM vanishes: all three waits of the global lock in full, then silence. */
    @Test
    void theServerFreesItselfWithinFifteenSecondsWhateverTheWindow() {
        for (Duration window : List.of(Duration.ofMillis(100), WINDOW, Duration.ofHours(1))) {
            LockLimits limits = LockLimits.ofAttempt(4, window);

            assertThat(limits.lockWait()).isBetween(Duration.ofSeconds(1), window.plusSeconds(1));
            assertThat(limits.lockWait().multipliedBy(3).plus(LockLimits.IDLE)).isLessThan(Duration.ofSeconds(15));
        }
        assertThat(LockLimits.PING.multipliedBy(3)).isLessThan(LockLimits.IDLE);
    }

    @Test
    void previewsShowOnlyTheLocksThatMayBeTaken() {
        assertThat(SnapshotStatements.templates(List.of(LockKind.GLOBAL_READ_LOCK)))
                .contains("FLUSH TABLES WITH READ LOCK", "UNLOCK TABLES")
                .noneMatch(statement -> statement.startsWith("LOCK TABLES") || statement.startsWith("KILL QUERY"));
        assertThat(SnapshotStatements.templates(List.of(LockKind.TABLE_WRITE_LOCKS)))
                .contains("LOCK TABLES <tables of the scope> WRITE", "UNLOCK TABLES")
                .noneMatch(statement -> statement.startsWith("FLUSH"));
    }

    @Test
    void tablesAreLockedByQuotedNames() {
        assertThat(SnapshotStatements.lockTables(List.of(TableName.of("a", "b"), TableName.of("a", "c`; DROP"))))
                .isEqualTo("LOCK TABLES `a`.`b` WRITE, `a`.`c``; DROP` WRITE");
    }

    @Test
    void manyBlockersAreNamedShortly() {
        List<Blocker> blockers = LongStream.rangeClosed(1, 12)
                .mapToObj(id -> new Blocker(id, "app", Duration.ofSeconds(63)))
                .toList();

        assertThat(Blocker.names(blockers))
                .startsWith("thread 1 of app (63 s), thread 2 of app (63 s)")
                .endsWith("thread 10 of app (63 s) and 2 more");
        assertThat(Blocker.names(List.of())).isEqualTo("no session that can be named");
    }

    @Test
    void everyCodeIsOfTheSnapshotsRangeAndUnique() {
        assertThat(Arrays.stream(SnapshotErrorCode.values()).map(ErrorCode::id))
                .allMatch(id -> id.matches("CORE-3\\d\\d"))
                .doesNotHaveDuplicates();
    }
}
