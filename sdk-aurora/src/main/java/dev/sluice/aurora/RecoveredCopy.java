// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.GtidSet;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Judges what a copy tells of itself, together with the source that it was made from. */
record RecoveredCopy(LiveContext context, ServerSession copy) {
    private static final String ENHANCED = "SHOW GLOBAL VARIABLES LIKE 'aurora_enhanced_binlog'";
    /** Without those of its own, which the source does not have. */
    private static final String GTIDS = "SELECT IF(@@GLOBAL.gtid_mode LIKE 'ON%',"
            + " GTID_SUBTRACT(@@GLOBAL.gtid_executed, CONCAT(@@GLOBAL.server_uuid, ':1-9223372036854775806')), NULL)";

    Look look(BinlogPosition position) {
        requireOrdinaryLog();
        requireKept(position);
        GtidSet gtids = gtids();
        requireKnown(gtids);
        return Look.done(
                "it was copied at " + position,
                new Coordinates(
                        context.source().serverUuid(),
                        "",
                        position,
                        gtids,
                        Instant.now(),
                        "told by the crash recovery of the copied cluster's writer"));
    }

    private void requireOrdinaryLog() {
        boolean enhanced = context.sourceSession()
                .queryOne(ENHANCED)
                .map(row -> row.text("Value"))
                .filter(value -> value.equals("1") || value.equalsIgnoreCase("ON"))
                .isPresent();
        if (enhanced && !context.source().version().isAtLeast(8, 4, 8)) {
            throw new StepRefusedException(Problem.of(
                    AuroraSeedCode.ENHANCED_BINLOG,
                    "The source is " + context.source().version() + " with aurora_enhanced_binlog"));
        }
    }

    private void requireKept(BinlogPosition position) {
        boolean kept =
                context.sourceSession().query("SHOW BINARY LOGS").stream().anyMatch(row -> isIn(row, position));
        if (!kept) {
            throw new StepRefusedException(
                    Problem.of(AuroraSeedCode.POSITION_GONE, "The source does not list " + position));
        }
    }

    private static boolean isIn(Row row, BinlogPosition position) {
        return row.text("Log_name").equals(position.file()) && row.number("File_size") >= position.position();
    }

    /** A copy of another server has transactions that this source does not know. */
    private void requireKnown(@Nullable GtidSet gtids) {
        if (!(gtids instanceof MySqlGtidSet copied)) {
            return;
        }
        MySqlGtidSet known = MySqlGtidSet.parse(context.sourceSession()
                .queryValue("SELECT @@GLOBAL.gtid_executed")
                .orElse(""));
        if (!known.contains(copied)) {
            throw new StepRefusedException(Problem.of(
                    AuroraSeedCode.COPY_OF_ANOTHER,
                    "The source does not know these of its GTIDs: " + copied.minus(known)));
        }
    }

    private @Nullable GtidSet gtids() {
        return copy.queryValue(GTIDS).map(MySqlGtidSet::parse).orElse(null);
    }
}
