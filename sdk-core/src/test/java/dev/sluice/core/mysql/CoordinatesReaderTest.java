// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.core.mysql.ScriptedSession.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CoordinatesReaderTest {
    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static CoordinatesReader reader(ServerVersion version) {
        return new CoordinatesReader(Dialect.of(version), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static ScriptedSession server(String gtidMode, String statusStatement, String gtids) {
        return new ScriptedSession()
                .answer("SELECT @@GLOBAL.server_uuid", row("uuid", UUID, "gtid_mode", gtidMode))
                .answer(statusStatement, row("File", "bin.000001", "Position", "154", "Executed_Gtid_Set", gtids));
    }

    @Test
    void filePositionAndGtidsComeFromOneAnswer() {
        Coordinates coordinates = reader(ServerVersion.of(8, 4, 0))
                .read(server("ON", "SHOW BINARY LOG STATUS", UUID + ":1-3,\n" + UUID + ":7"), "c", "under a lock");

        assertThat(coordinates)
                .isEqualTo(new Coordinates(
                        UUID,
                        "c",
                        new BinlogPosition("bin.000001", 154),
                        MySqlGtidSet.parse(UUID + ":1-3:7"),
                        NOW,
                        "under a lock"));
    }

    @Test
    void aServerWithoutGtidsHasNone() {
        Coordinates coordinates =
                reader(ServerVersion.of(5, 7, 22)).read(server("OFF", "SHOW MASTER STATUS", ""), "", "test");

        assertThat(coordinates.gtids()).isEmpty();
    }

    @Test
    void anEmptySetOfGtidsIsNotTheSameAsNone() {
        Coordinates coordinates =
                reader(ServerVersion.of(5, 7, 22)).read(server("ON", "SHOW MASTER STATUS", ""), "", "test");

        assertThat(coordinates.gtids()).contains(MySqlGtidSet.EMPTY);
    }

    @Test
    void withoutABinaryLogThereAreNoCoordinates() {
        ScriptedSession session =
                new ScriptedSession().answer("SELECT @@GLOBAL.server_uuid", row("uuid", UUID, "gtid_mode", "OFF"));

        assertThatExceptionOfType(StepRefusedException.class)
                .isThrownBy(() -> reader(ServerVersion.of(8, 0, 31)).read(session, "", "test"))
                .returns(ServerErrorCode.BINLOG_OFF, StepRefusedException::code);
    }
}
