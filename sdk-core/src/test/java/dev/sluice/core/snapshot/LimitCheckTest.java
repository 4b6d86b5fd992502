// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.SnapshotLimits;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LimitCheckTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final LimitCheck check = new LimitCheck(
            SnapshotLimits.DEFAULT.age(HOUR, HOUR.multipliedBy(3)).history(100, 1000), "db1");

    @Test
    void belowAllThresholdsNothingIsSaid() {
        Duration age = HOUR.minusMillis(1);

        assertThat(check.warnings(age, OptionalLong.of(99))).isEmpty();
        assertThat(check.exceeded(age, OptionalLong.of(99))).isEmpty();
    }

    @Test
    void eachThresholdIsWarnedOfOnceWithBothFigures() {
        assertThat(check.warnings(HOUR, OptionalLong.of(100)))
                .extracting(Problem::code)
                .containsExactly(SnapshotErrorCode.SNAPSHOT_OLD, SnapshotErrorCode.HISTORY_LONG);
        assertThat(check.warnings(HOUR.plusHours(1), OptionalLong.of(200))).isEmpty();
        assertThat(check.exceeded(HOUR.plusHours(1), OptionalLong.of(999))).isEmpty();
    }

    @Test
    void theEndSaysWhichLimit() {
        assertThat(check.exceeded(HOUR.multipliedBy(3), OptionalLong.empty())).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(SnapshotErrorCode.SNAPSHOT_TOO_OLD);
            assertThat(problem.what()).contains("db1", "10800 s");
        });
        assertThat(check.exceeded(HOUR, OptionalLong.of(1000))).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(SnapshotErrorCode.HISTORY_TOO_LONG);
            assertThat(problem.what()).contains("1000 entries");
        });
    }

    @Test
    void anUnreadableHistoryIsToldOnceAndTheAgeStillCounts() {
        Problem denied = Problem.of(SnapshotErrorCode.HISTORY_UNREADABLE, "no PROCESS");

        assertThat(check.unreadable(denied)).isPresent();
        assertThat(check.unreadable(denied)).isEmpty();
        assertThat(check.warnings(HOUR, OptionalLong.empty()))
                .extracting(Problem::code)
                .containsExactly(SnapshotErrorCode.SNAPSHOT_OLD);
    }

    @Test
    void limitsThatCannotBeKeptAreRefused() {
        SnapshotLimits limits = SnapshotLimits.DEFAULT;

        assertThatIllegalArgumentException().isThrownBy(() -> limits.age(Duration.ZERO, HOUR));
        assertThatIllegalArgumentException().isThrownBy(() -> limits.age(HOUR, HOUR.minusNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> limits.history(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> limits.history(2, 1));
    }
}
