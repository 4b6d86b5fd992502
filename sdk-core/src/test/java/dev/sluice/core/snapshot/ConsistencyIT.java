// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.operation.LockKind;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.testservers.MySqlRelease;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("long")
class ConsistencyIT {
    static Stream<Arguments> serversAndLocks() {
        return Stream.of(MySqlRelease.MYSQL_5_7, MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_9)
                .flatMap(release -> Stream.of(LockKind.values()).map(lock -> Arguments.of(release, lock)));
    }

    /** Where a test takes long: every server and every lock, but not every pair. */
    static Stream<Arguments> someServersAndLocks() {
        return Stream.of(
                Arguments.of(MySqlRelease.MYSQL_5_7, LockKind.TABLE_WRITE_LOCKS),
                Arguments.of(MySqlRelease.MYSQL_8_0_31, LockKind.GLOBAL_READ_LOCK),
                Arguments.of(MySqlRelease.MYSQL_8_0_31, LockKind.TABLE_WRITE_LOCKS),
                Arguments.of(MySqlRelease.MYSQL_9, LockKind.GLOBAL_READ_LOCK));
    }

    @ParameterizedTest
    @MethodSource("serversAndLocks")
    void snapshotsUnderLoadHoldExactlyWhatIsBeforeTheirCoordinates(MySqlRelease release, LockKind lock) {
        try (Source source = Source.of(release);
                Bookings bookings = Bookings.by(6, source)) {
            for (int i = 0; i < 5; i++) {
                bookings.awaitMore(50);

                try (Snapshot snapshot = source.take(lock)) {
                    bookings.awaitMore(50);

                    assertThat(snapshot.lock()).contains(lock);
                    assertIsExact(snapshot, source, bookings);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("serversAndLocks")
    void aCommitThatIsStuckInGroupCommitEndsInARightSnapshot(MySqlRelease release, LockKind lock) {
        try (Source source = Source.of(release);
                Bookings bookings = Bookings.by(4, source)) {
            source.execute("SET GLOBAL binlog_group_commit_sync_delay = 400000");
            bookings.awaitMore(8);

            try (Snapshot snapshot = source.take(lock)) {
                source.execute("SET GLOBAL binlog_group_commit_sync_delay = 0");
                bookings.awaitMore(20);

                assertIsExact(snapshot, source, bookings);
            }
        }
    }

    private static void assertIsExact(Snapshot snapshot, Source source, Bookings bookings) {
        Coordinates coordinates = snapshot.coordinates();
        long held = moves(snapshot.readers().get(0));
        for (MySqlSession reader : snapshot.readers()) {
            assertThat(moves(reader)).isEqualTo(held);
            assertThat(number(reader, "SELECT (SELECT SUM(amount) FROM app.cash) + (SELECT SUM(amount) FROM app.bank)"))
                    .isEqualTo(80_000);
            assertThat(number(reader, "SELECT SUM(amount) - 40000 FROM app.bank"))
                    .isEqualTo(number(reader, "SELECT SUM(amount) FROM app.moves"));
        }
        assertThat(held).isPositive();
        assertThat(((MySqlGtidSet) coordinates.gtids().orElseThrow()).count() - bookings.gtidsBefore())
                .isEqualTo(held);
        assertThat(movesBefore(coordinates.position(), source)).isEqualTo(held);
    }

    private static long moves(MySqlSession reader) {
        return number(reader, "SELECT COUNT(*) FROM app.moves");
    }

    private static long number(MySqlSession reader, String sql) {
        return Long.parseLong(reader.queryValue(sql).orElseThrow());
    }

    /** Rows written to app.moves in the binary log before the position: what a replica would already have to hold. */
    private static long movesBefore(BinlogPosition position, Source source) {
        long moves = 0;
        for (List<String> file : source.server().query("SHOW BINARY LOGS")) {
            BinlogPosition start = new BinlogPosition(String.valueOf(file.get(0)), BinlogPosition.FIRST);
            if (start.compareTo(position) < 0) {
                moves += source.server().query("SHOW BINLOG EVENTS IN '" + start.file() + "'").stream()
                        .filter(event -> String.valueOf(event.get(5)).contains("(app.moves)"))
                        .filter(event -> new BinlogPosition(start.file(), Long.parseLong(String.valueOf(event.get(4))))
                                        .compareTo(position)
                                <= 0)
                        .count();
            }
        }
        return moves;
    }
}
