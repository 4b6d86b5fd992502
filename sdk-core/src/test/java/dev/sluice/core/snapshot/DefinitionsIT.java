// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("long")
class DefinitionsIT {
    static Stream<Arguments> serversAndLocks() {
        return ConsistencyIT.serversAndLocks();
    }

    @ParameterizedTest
    @MethodSource("serversAndLocks")
    void anAlterInTheLastMomentIsNoticedAndTheNextTryHasItsResult(MySqlRelease release, LockKind lock) {
        try (Source source = Source.of(release)) {
            Heard heard = new Heard();
            heard.whenTrying(() -> {
                heard.whenTrying(() -> {});
                source.execute("ALTER TABLE app.probe ADD COLUMN late INT");
            });

            try (Snapshot snapshot = source.take(Source.request(lock), heard)) {
                assertThat(heard.setBacks).containsExactly(SnapshotErrorCode.DEFINITIONS_CHANGED);
                assertThat(snapshot.fingerprint())
                        .isEqualTo(fingerprint(source))
                        .isNotEmpty();
            }
        }
    }

    private static String fingerprint(Source source) {
        try (var session = source.connector().open(dev.sluice.core.mysql.SessionUse.CONTROL)) {
            return TestDefinitions.of(Source.APP).fingerprint(List.of(session));
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndLocks")
    void aTableThatIsDroppedInTheLastMomentIsNoFailure(MySqlRelease release, LockKind lock) {
        try (Source source = Source.of(release)) {
            source.execute("CREATE TABLE app.fleeting (id INT)");
            Heard heard = new Heard();
            heard.whenTrying(() -> {
                heard.whenTrying(() -> {});
                source.execute("DROP TABLE app.fleeting");
            });

            try (Snapshot snapshot = source.take(Source.request(lock), heard)) {
                assertThat(heard.setBacks).containsExactly(SnapshotErrorCode.DEFINITIONS_CHANGED);
                assertThat(snapshot.readers()).hasSize(3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aTableThatIsSwappedForOneOfTheSameDefinitionIsNoticed(MySqlRelease release) {
        try (Source source = Source.of(release)) {
            source.execute("CREATE TABLE app.one (id INT)", "CREATE TABLE app.two (id INT)");
            Heard heard = new Heard();
            heard.whenTrying(() -> {
                heard.whenTrying(() -> {});
                source.execute("RENAME TABLE app.one TO app.x, app.two TO app.one, app.x TO app.two");
            });

            try (Snapshot snapshot = source.take(Source.request(LockKind.GLOBAL_READ_LOCK), heard)) {
                assertThat(heard.setBacks).containsExactly(SnapshotErrorCode.DEFINITIONS_CHANGED);
                assertThat(snapshot.readers()).hasSize(3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void definitionsThatNeverStandStillAreRefusedByTheirOwnCode(MySqlRelease release) {
        try (Source source = Source.of(release)) {
            AtomicInteger number = new AtomicInteger();
            Heard heard = new Heard()
                    .whenReleased(
                            () -> source.execute("CREATE PROCEDURE app.p" + number.incrementAndGet() + "() SELECT 1"));

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> source.take(
                            Source.request(Duration.ofSeconds(5), Duration.ofSeconds(2), LockKind.TABLE_WRITE_LOCKS),
                            heard))
                    .returns(SnapshotErrorCode.DEFINITIONS_CHANGED, StepRefusedException::code);

            assertThat(number.get()).isGreaterThan(1);
            assertThat(source.running("%", "LOCK TABLES%")).isZero();
            assertThat(source.value("SELECT COUNT(*) FROM information_schema.INNODB_TRX"))
                    .isEqualTo("0");
        }
    }
}
