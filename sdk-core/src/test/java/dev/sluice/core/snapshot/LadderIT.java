// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.testservers.MySqlRelease;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("long")
class LadderIT {
    private static void user(Source source, MySqlRelease release, String name, String onScope, String everywhere) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE USER " + name + " IDENTIFIED BY 'pw'");
        statements.add("GRANT REPLICATION CLIENT" + everywhere + " ON *.* TO " + name);
        statements.add("GRANT " + onScope + " ON app.* TO " + name);
        if (release.isAtLeast(8, 0, 0)) {
            statements.add("GRANT XA_RECOVER_ADMIN ON *.* TO " + name);
        }
        source.execute(statements.toArray(String[]::new));
    }

    private static Snapshot take(Source source, String user, Heard heard) {
        return Source.taker()
                .take(
                        source.connector(user, "pw"),
                        Source.request(LockKind.GLOBAL_READ_LOCK, LockKind.TABLE_WRITE_LOCKS),
                        heard,
                        new Cancellation());
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void whereTheGlobalLockIsDeniedTheTablesAreLocked(MySqlRelease release) {
        try (Source source = Source.of(release)) {
            user(source, release, "test_noreload", "SELECT, LOCK TABLES", ", PROCESS");
            Heard heard = new Heard();

            try (Snapshot snapshot = take(source, "test_noreload", heard)) {
                assertThat(snapshot.lock()).contains(LockKind.TABLE_WRITE_LOCKS);
                assertThat(heard.denied).containsExactly(LockKind.GLOBAL_READ_LOCK);
                assertThat(heard.tried).containsExactly(LockKind.GLOBAL_READ_LOCK, LockKind.TABLE_WRITE_LOCKS);
                assertThat(heard.setBacks).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void whereEveryLockIsDeniedTheRefusalSaysWhatToGrant(MySqlRelease release) {
        try (Source source = Source.of(release)) {
            user(source, release, "test_nolocks", "SELECT", ", PROCESS");
            Heard heard = new Heard();

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> take(source, "test_nolocks", heard))
                    .returns(SnapshotErrorCode.LOCK_DENIED, StepRefusedException::code)
                    .withMessageContaining("GRANT RELOAD ON *.*")
                    .withMessageContaining("1044");

            assertThat(heard.denied).containsExactly(LockKind.GLOBAL_READ_LOCK, LockKind.TABLE_WRITE_LOCKS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void whoCannotSeeOtherSessionsLocksNothing(MySqlRelease release) {
        try (Source source = Source.of(release)) {
            user(source, release, "test_noprocess", "SELECT, LOCK TABLES", ", RELOAD");
            Heard heard = new Heard();

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> take(source, "test_noprocess", heard))
                    .returns(SnapshotErrorCode.SESSIONS_NOT_VISIBLE, StepRefusedException::code)
                    .withMessageContaining("GRANT PROCESS");

            assertThat(heard.tried).isEmpty();
        }
    }
}
