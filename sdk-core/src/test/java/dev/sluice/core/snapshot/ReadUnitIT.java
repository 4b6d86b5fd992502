// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SessionUse;
import dev.sluice.testservers.MySqlRelease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadUnitIT {
    private static final TableName READ = TableName.of("app", "read");
    private static final TableName STILL = TableName.of("app", "still to-be read");

    private static Source withTables(MySqlRelease release) {
        Source source = Source.of(release);
        for (TableName table : List.of(READ, STILL)) {
            source.execute(
                    "CREATE TABLE " + Quote.identifier(table) + " (id INT PRIMARY KEY)",
                    "INSERT INTO " + Quote.identifier(table) + " VALUES (1), (2)");
        }
        return source;
    }

    private static long rows(ReadUnit unit, TableName table) {
        try {
            return Long.parseLong(unit.session()
                    .queryValue("SELECT COUNT(*) FROM " + Quote.identifier(table))
                    .orElseThrow());
        } catch (StepException failure) {
            throw SnapshotFailures.reading(table, failure, unit.session().server());
        }
    }

    private static long readAndConfirm(Snapshot snapshot, TableName table) {
        try (ReadUnit unit = snapshot.unit(snapshot.readers().get(0))) {
            long rows = rows(unit, table);
            unit.confirm(List.of(table), new Cancellation());
            return rows;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void ddlOnAFinishedTableNeitherWaitsNorHarms(MySqlRelease release) throws SQLException {
        try (Source source = withTables(release);
                Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK)) {
            assertThat(readAndConfirm(snapshot, READ)).isEqualTo(2);

            try (Background<Void> ddl = source.background("ALTER TABLE app.read ADD COLUMN late INT")) {
                assertThat(ddl.endsWithin(Source.SOON)).isTrue();
            }

            assertThat(readAndConfirm(snapshot, STILL)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void withinAUnitDdlWaitsAndThenSeesTheWholeUnitRight(MySqlRelease release) throws SQLException {
        try (Source source = withTables(release);
                Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK);
                ReadUnit unit = snapshot.unit(snapshot.readers().get(0))) {
            assertThat(rows(unit, READ)).isEqualTo(2);

            try (Background<Void> ddl = source.background("TRUNCATE TABLE app.read")) {
                assertThat(ddl.endsWithin(Duration.ofMillis(300))).isFalse();
                assertThat(rows(unit, READ)).isEqualTo(2);
                assertThatCode(() -> unit.confirm(List.of(READ), new Cancellation()))
                        .doesNotThrowAnyException();
                unit.close();
                assertThat(ddl.endsWithin(Source.SOON)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void alterBeforeATableIsReadFailsByItsOwnCode(MySqlRelease release) {
        assertIsNoticed(release, "ALTER TABLE app.`still to-be read` ADD COLUMN late INT");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void anIndexThatIsAddedHarmsNothingAsLongAsItIsNotUsed(MySqlRelease release) {
        try (Source source = withTables(release);
                Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK);
                ReadUnit unit = snapshot.unit(snapshot.readers().get(0))) {
            source.execute("ALTER TABLE app.read ADD INDEX late (id)");

            String byPrimaryKey = "SELECT COUNT(*) FROM app.read FORCE INDEX (PRIMARY)";
            assertThat(unit.session().queryValue(byPrimaryKey)).contains("2");
            assertThatCode(() -> unit.confirm(List.of(READ), new Cancellation()))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void truncateBeforeATableIsReadFailsByItsOwnCode(MySqlRelease release) {
        assertIsNoticed(release, "TRUNCATE TABLE app.`still to-be read`");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void dropBeforeATableIsReadFailsByItsOwnCode(MySqlRelease release) {
        assertIsNoticed(release, "DROP TABLE app.`still to-be read`");
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void theLastRenameOfAnOnlineSchemaChangeFailsByItsOwnCode(MySqlRelease release) {
        try (Source source = Source.of(release)) {
            source.execute(
                    "CREATE TABLE app.orders (id INT PRIMARY KEY)",
                    "INSERT INTO app.orders VALUES (1), (2)",
                    "CREATE TABLE app._orders_gho (id INT PRIMARY KEY)",
                    "INSERT INTO app._orders_gho VALUES (1)");
            TableName orders = TableName.of("app", "orders");
            try (Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK)) {
                source.execute("INSERT INTO app._orders_gho VALUES (2)");
                source.execute("RENAME TABLE app.orders TO app._orders_del, app._orders_gho TO app.orders");

                // Without a number of its own it would read on, with the half-filled copy's rows.
                assertThatExceptionOfType(StepRefusedException.class)
                        .isThrownBy(() -> readAndConfirm(snapshot, orders))
                        .returns(SnapshotErrorCode.TABLE_CHANGED, StepRefusedException::code)
                        .withMessageContaining("app.orders");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aTableInASharedTablespaceIsToldByItsOwnNumber(MySqlRelease release) {
        TableName shared = TableName.of("app", "shared");
        try (Source source = Source.of(release)) {
            source.execute(
                    "CREATE TABLESPACE several ADD DATAFILE 'several.ibd'",
                    "CREATE TABLE app.shared (id INT PRIMARY KEY) TABLESPACE several",
                    "CREATE TABLE app.other (id INT PRIMARY KEY) TABLESPACE several",
                    "INSERT INTO app.shared VALUES (1)");
            try (Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK)) {
                assertThat(readAndConfirm(snapshot, shared)).isEqualTo(1);

                source.execute("RENAME TABLE app.shared TO app.gone, app.other TO app.shared");

                assertThatExceptionOfType(StepRefusedException.class)
                        .isThrownBy(() -> readAndConfirm(snapshot, shared))
                        .returns(SnapshotErrorCode.TABLE_CHANGED, StepRefusedException::code);
            }
        }
    }

    private static void assertIsNoticed(MySqlRelease release, String ddl) {
        try (Source source = withTables(release);
                Snapshot snapshot = source.take(LockKind.TABLE_WRITE_LOCKS)) {
            source.execute(ddl);

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> readAndConfirm(snapshot, STILL))
                    .returns(SnapshotErrorCode.TABLE_CHANGED, StepRefusedException::code)
                    .withMessageContaining("app.still to-be read");
            assertThat(readAndConfirm(snapshot, READ)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void everyKindOfNameIsToldFromTheOthers(MySqlRelease release) {
        List<TableName> tables = List.of(
                TableName.of("app", "a-b.c#d$e f@g`h'i"),
                TableName.of("app", "ä☃"),
                TableName.of("app", "con"),
                TableName.of("app", "parted"));
        try (Source source = Source.of(release)) {
            for (TableName table : tables) {
                source.execute("CREATE TABLE " + Quote.identifier(table) + " (id INT PRIMARY KEY)"
                        + (table.table().equals("parted") ? " PARTITION BY HASH (id) PARTITIONS 3" : ""));
            }
            for (TableName changed : tables) {
                try (Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK)) {
                    for (TableName table : tables) {
                        assertThat(readAndConfirm(snapshot, table)).isZero();
                    }
                    source.execute("TRUNCATE TABLE " + Quote.identifier(changed));

                    assertThatExceptionOfType(StepRefusedException.class)
                            .isThrownBy(() -> readAndConfirm(snapshot, changed))
                            .returns(SnapshotErrorCode.TABLE_CHANGED, StepRefusedException::code);
                }
            }
        }
    }

    @Test
    void aReaderThatWasKilledIsALostSnapshot() {
        try (Source source = withTables(MySqlRelease.MYSQL_8_0_31);
                Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK)) {
            MySqlSession reader = snapshot.readers().get(1);
            source.execute("KILL " + reader.connectionId());

            assertThatExceptionOfType(StepRefusedException.class)
                    .isThrownBy(() -> snapshot.unit(reader))
                    .returns(SnapshotErrorCode.SNAPSHOT_LOST, StepRefusedException::code);
            assertThat(readAndConfirm(snapshot, READ)).isEqualTo(2);
        }
    }

    @Test
    void onlyAReaderOfTheSnapshotReadsIt() {
        try (Source source = Source.of(MySqlRelease.MYSQL_8_0_31);
                Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK);
                MySqlSession stranger = source.connector().open(SessionUse.READER)) {
            assertThatIllegalArgumentException().isThrownBy(() -> snapshot.unit(stranger));
        }
    }

    @Test
    void readersAtRestAreKeptAliveBeyondTheServersPatience() {
        try (Source source = Source.of(MySqlRelease.MYSQL_8_0_31);
                MySqlSession resting = source.connector().open(SessionUse.READER);
                MySqlSession busy = source.connector().open(SessionUse.READER)) {
            resting.query("SET SESSION wait_timeout = 2");
            busy.query("SET SESSION wait_timeout = 2");

            try (SnapshotKeeper keeper = new SnapshotKeeper(List.of(resting, busy), Duration.ofMillis(200))) {
                keeper.layToRest(resting);

                Source.eventually(() -> isGone(source, busy));
                Source.eventually(() -> Integer.parseInt(source.value("SELECT TIME FROM information_schema.PROCESSLIST"
                                + " WHERE ID = " + resting.connectionId()))
                        < 2);
                keeper.takeFromRest(resting);
                Source.eventually(() -> isGone(source, resting));
            }
        }
    }

    private static boolean isGone(Source source, MySqlSession session) {
        return source.value("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = " + session.connectionId())
                .equals("0");
    }

    @Test
    void closingEndsEveryReaderAlsoInTheMiddleOfAUnit() {
        try (Source source = withTables(MySqlRelease.MYSQL_8_0_31)) {
            Snapshot snapshot = source.take(LockKind.GLOBAL_READ_LOCK);
            assertThat(readAndConfirm(snapshot, READ)).isEqualTo(2);
            rows(snapshot.unit(snapshot.readers().get(1)), READ);

            snapshot.close();
            snapshot.close();

            Source.eventually(() -> snapshot.readers().stream().allMatch(reader -> isGone(source, reader)));
        }
    }
}
