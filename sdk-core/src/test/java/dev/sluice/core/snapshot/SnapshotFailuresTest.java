// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.api.error.Effect;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.StepException;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.ServerErrorCode;
import dev.sluice.core.mysql.SqlFailures;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotFailuresTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(1412, "HY000", SnapshotErrorCode.TABLE_CHANGED),
                arguments(1146, "42S02", SnapshotErrorCode.TABLE_CHANGED),
                arguments(1054, "42S22", SnapshotErrorCode.TABLE_CHANGED),
                arguments(1049, "42000", SnapshotErrorCode.TABLE_CHANGED),
                arguments(0, "08S01", SnapshotErrorCode.SNAPSHOT_LOST),
                arguments(2013, "HY000", SnapshotErrorCode.SNAPSHOT_LOST),
                arguments(4031, "HY000", SnapshotErrorCode.SNAPSHOT_LOST),
                arguments(1053, "08S01", SnapshotErrorCode.SNAPSHOT_LOST),
                arguments(1142, "42000", ServerErrorCode.PRIVILEGE_MISSING),
                arguments(1317, "70100", ServerErrorCode.STATEMENT_KILLED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedReadSaysWhatBecameOfTheSnapshot(int number, String state, ErrorCode code) {
        StepException failure = SqlFailures.whileReading(new SQLException("no", state, number), "the source");

        StepException told = SnapshotFailures.reading(TableName.of("app", "t"), failure, "the source");

        assertThat(told.code()).isEqualTo(code);
        assertThat(told.effect()).isEqualTo(Effect.NONE);
        assertThat(SqlFailures.serverError(told).orElseThrow().number()).isEqualTo(number);
    }
}
