// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.operation.LockKind;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writers are held up for milliseconds, for a hundred tables as for one. */
@Tag("long")
class LockWindowLengthIT {
    private static final int SNAPSHOTS = 5;

    /** Generous, for a busy machine; on an idle one it is some milliseconds. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    @ParameterizedTest
    @CsvSource({
        "MYSQL_5_7, GLOBAL_READ_LOCK, 1",
        "MYSQL_5_7, GLOBAL_READ_LOCK, 100",
        "MYSQL_5_7, TABLE_WRITE_LOCKS, 1",
        "MYSQL_5_7, TABLE_WRITE_LOCKS, 100",
        "MYSQL_8_0_31, GLOBAL_READ_LOCK, 1",
        "MYSQL_8_0_31, GLOBAL_READ_LOCK, 100",
        "MYSQL_8_0_31, TABLE_WRITE_LOCKS, 1",
        "MYSQL_8_0_31, TABLE_WRITE_LOCKS, 100"
    })
    void writersAreHeldUpShortlyHoweverManyTablesThereAre(MySqlRelease release, LockKind lock, int tables) {
        try (Source source = Source.of(release)) {
            // One table, app.probe, is there already.
            IntStream.range(1, tables)
                    .forEach(i -> source.execute(
                            "CREATE TABLE app.t" + i + " (id INT PRIMARY KEY)",
                            "INSERT INTO app.t" + i + " VALUES (1)"));

            List<Duration> held = IntStream.range(0, SNAPSHOTS)
                    .mapToObj(i -> lockHeld(source, lock))
                    .sorted()
                    .toList();

            System.out.printf("%s, %s, %d tables: writers held up %s ms%n", release, lock, tables, millis(held));
            assertThat(held).allMatch(duration -> duration.compareTo(BOUND) < 0);
        }
    }

    private static Duration lockHeld(Source source, LockKind lock) {
        try (Snapshot snapshot = source.take(lock)) {
            assertThat(snapshot.moment().attempt()).isEqualTo(1);
            return snapshot.lockHeld();
        }
    }

    private static String millis(List<Duration> held) {
        return held.stream()
                .map(duration -> String.valueOf(duration.toMillis()))
                .collect(Collectors.joining(", "));
    }
}
