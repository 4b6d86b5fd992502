// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads where a source's binary log stands, in two queries. Immutable and thread-safe. */
public final class CoordinatesReader {
    private final Dialect dialect;
    private final Clock clock;

    /**
     * A reader for one version of MySQL.
     *
     * @param clock tells when the coordinates were read
     */
    public CoordinatesReader(Dialect dialect, Clock clock) {
        this.dialect = requireNonNull(dialect, "dialect");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Where the log stands now. It belongs to a snapshot only if nothing can be written meanwhile.
     *
     * @param channel the replication channel that will start there, {@code ""} for the default one
     * @param method how it is known that they belong to the snapshot, for a reader
     * @throws dev.sluice.api.error.StepException if the server writes no binary log, or the user may not ask (REPLICATION CLIENT)
     */
    public Coordinates read(ServerSession session, String channel, String method) {
        Row server = session.queryOne("SELECT @@GLOBAL.server_uuid AS uuid, @@GLOBAL.gtid_mode AS gtid_mode")
                .orElseThrow(CoordinatesReader::binlogOff);
        Row status = session.queryOne(dialect.showBinlogStatus()).orElseThrow(CoordinatesReader::binlogOff);
        return new Coordinates(
                server.text("uuid"),
                channel,
                new BinlogPosition(status.text("File"), status.number("Position")),
                gtids(server, status),
                clock.instant(),
                method);
    }

    private static @Nullable MySqlGtidSet gtids(Row server, Row status) {
        Optional<String> mode = server.find("gtid_mode");
        return mode.isEmpty() || mode.get().equals("OFF")
                ? null
                : MySqlGtidSet.parse(status.find("Executed_Gtid_Set").orElse(""));
    }

    private static StepRefusedException binlogOff() {
        return new StepRefusedException(Problem.of(ServerErrorCode.BINLOG_OFF, "The source writes no binary log"));
    }
}
