// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.testservers.MySqlRelease;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots without a lock are believed only of a server that is seen to stand still. */
class StillServerIT {
    private static final String ELSEWHERE = "99999999-9999-9999-9999-999999999999";

    private static Coordinates at(String serverUuid, long position) {
        return new Coordinates(serverUuid, "", new BinlogPosition("bin.000007", position), null, Instant.EPOCH, "told");
    }

    private static Snapshot open(Source source, Coordinates coordinates, Definitions definitions) {
        return new StillServer(source.connector(), coordinates).open(Source.APP, 3, definitions, new Cancellation());
    }

    private static void refused(Source source, Coordinates coordinates, Definitions definitions, SnapshotErrorCode as) {
        assertThatExceptionOfType(StepRefusedException.class)
                .isThrownBy(() -> open(source, coordinates, definitions))
                .returns(as, StepRefusedException::code);
    }

    @ParameterizedTest
    @EnumSource(
            value = MySqlRelease.class,
            names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void whatStandsStillIsReadAtTheCoordinatesThatWereTold(MySqlRelease release) {
        try (Source source = Source.of(release)) {
            source.execute("INSERT INTO app.probe VALUES (7)");

            try (Snapshot snapshot = open(source, at(ELSEWHERE, 4278), TestDefinitions.of(Source.APP))) {
                source.execute("DELETE FROM app.probe");

                assertThat(snapshot.coordinates()).isEqualTo(at(ELSEWHERE, 4278));
                assertThat(snapshot.lock()).isEmpty();
                assertThat(snapshot.readers())
                        .hasSize(3)
                        .allSatisfy(reader -> assertThat(reader.queryValue("SELECT id FROM app.probe"))
                                .contains("7"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MySqlRelease.class,
            names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aWriteWhileTheSnapshotsOpenIsNoticed(MySqlRelease release) {
        try (Source source = Source.of(release)) {
            Definitions written = session -> {
                source.execute("REPLACE INTO app.probe VALUES (8)");
                return "the same";
            };

            refused(source, at(ELSEWHERE, 4), written, SnapshotErrorCode.NOT_STILL);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MySqlRelease.class,
            names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void whatAManagedServerWritesForItselfIsNoMove(MySqlRelease release) {
        try (Source source = Source.of(release)) {
            source.execute("CREATE TABLE IF NOT EXISTS mysql.beats (id INT PRIMARY KEY)", "FLUSH LOGS");
            try {
                Definitions beating = session -> {
                    source.execute("REPLACE INTO mysql.beats VALUES (1)", "FLUSH LOGS");
                    return "the same";
                };

                open(source, at(ELSEWHERE, 4), beating).close();

                Definitions writing = session -> {
                    source.execute("REPLACE INTO mysql.beats VALUES (1)", "CREATE DATABASE IF NOT EXISTS late");
                    return "the same";
                };
                refused(source, at(ELSEWHERE, 4), writing, SnapshotErrorCode.NOT_STILL);
            } finally {
                source.execute("DROP TABLE mysql.beats", "DROP DATABASE IF EXISTS late");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MySqlRelease.class,
            names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aReplicaThatStandsElsewhereOrMovesIsRefused(MySqlRelease release) {
        try (Source source = Source.of(release)) {
            Dialect dialect = Dialect.of(ServerVersion.parse(source.value("SELECT VERSION()")));
            boolean isOld = release == MySqlRelease.MYSQL_5_7;
            String word = isOld ? "MASTER" : "SOURCE";
            source.execute("CHANGE " + (isOld ? "MASTER" : "REPLICATION SOURCE") + " TO " + word
                    + "_HOST = '127.0.0.1', " + word + "_PORT = 1, " + word + "_USER = 'nobody', " + word
                    + "_LOG_FILE = 'bin.000007', " + word + "_LOG_POS = 4278");
            try {
                refused(source, at(ELSEWHERE, 4278), TestDefinitions.of(Source.APP), SnapshotErrorCode.NOT_STILL);
                refused(source, at("", 4277), TestDefinitions.of(Source.APP), SnapshotErrorCode.NOT_STILL);
                open(source, at("", 4278), TestDefinitions.of(Source.APP)).close();

                source.execute(isOld ? "START SLAVE SQL_THREAD" : "START REPLICA SQL_THREAD");
                refused(source, at("", 4278), TestDefinitions.of(Source.APP), SnapshotErrorCode.NOT_STILL);
            } finally {
                source.execute(dialect.stopReplica(""), dialect.resetReplica(""));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = MySqlRelease.class,
            names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aPreparedTransactionIsRefused(MySqlRelease release) throws java.sql.SQLException {
        try (Source source = Source.of(release)) {
            try (Client client = source.client()) {
                client.execute(
                        "XA START 'forgotten'",
                        "REPLACE INTO app.probe VALUES (7)",
                        "XA END 'forgotten'",
                        "XA PREPARE 'forgotten'");
            }

            refused(source, at(ELSEWHERE, 4), TestDefinitions.of(Source.APP), SnapshotErrorCode.PREPARED_XA);
        }
    }
}
