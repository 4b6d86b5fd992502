// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

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
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.rds.aws.Temporary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the temporary read replica shows of itself: whether it replicates, whether it stands, and where. Not thread-safe. */
final class StillReplica {
    private static final String WORKERS = "SHOW GLOBAL VARIABLES WHERE Variable_name IN"
            + " ('slave_parallel_workers', 'replica_parallel_workers',"
            + " 'slave_preserve_commit_order', 'replica_preserve_commit_order')";
    /** Without those of its own, which the source does not have. */
    private static final String GTIDS = "SELECT IF(@@GLOBAL.gtid_mode LIKE 'ON%',"
            + " GTID_SUBTRACT(@@GLOBAL.gtid_executed, CONCAT(@@GLOBAL.server_uuid, ':1-9223372036854775806')), NULL)";

    private final LiveContext context;
    private final ServerSession session;

    StillReplica(LiveContext context) {
        this.context = context;
        this.session = context.seedSession();
    }

    /**
     * That a server whose address a person has told is none that others use: it would be held still.
     *
     * @throws StepRefusedException NOT_MADE_FOR_RUN if it is the source or the replica, or followed the source before the plan was compiled
     */
    void requireMadeForRun() {
        String uuid = session.queryValue("SELECT @@GLOBAL.server_uuid").orElse("");
        String id = session.queryValue("SELECT @@GLOBAL.server_id").orElse("");
        boolean isOfPlan = uuid.equalsIgnoreCase(context.source().serverUuid())
                || uuid.equalsIgnoreCase(context.replica().serverUuid());
        boolean wasThere =
                context.source().attachedReplicas().stream().anyMatch(attached -> id.equals(Long.toString(attached)));
        if (isOfPlan || wasThere) {
            throw refused(SeedCode.NOT_MADE_FOR_RUN, "it has server_uuid " + uuid + " and server_id " + id);
        }
    }

    Look look() {
        Dialect dialect = Dialect.of(context.source().version());
        Optional<ReplicaStatus> found = ReplicaStatusReader.readDefault(session, dialect);
        if (found.isEmpty()) {
            return replicatesNotYet("it has no source yet");
        }
        ReplicaStatus status = found.get();
        if (status.applier().error().isPresent()) {
            throw refused(SeedCode.REPLICA_BROKEN, status.reason());
        }
        boolean stopped = !status.applier().isRunning() && status.receiver().state() == ReceiverState.STOPPED;
        return stopped && !status.source().uuid().isEmpty() ? stands(status) : moves(status);
    }

    private Look moves(ReplicaStatus status) {
        boolean runs = status.applier().isRunning() && status.receiver().state() == ReceiverState.RUNNING;
        return runs
                ? HoldReadReplica.missing(context, "it replicates", HoldReadReplica.STOP, HoldReadReplica.TELL)
                : replicatesNotYet(status.reason());
    }

    private Look replicatesNotYet(String why) {
        return HoldReadReplica.missing(context, why, HoldReadReplica.WAIT, HoldReadReplica.STOP, HoldReadReplica.TELL);
    }

    private Look stands(ReplicaStatus status) {
        String source = context.source().serverUuid();
        if (!status.source().uuid().equalsIgnoreCase(source)) {
            throw refused(
                    SeedCode.REPLICA_OF_ANOTHER, "it follows " + status.source().uuid() + ", not " + source);
        }
        if (!status.filter().admitsAllButSystemTables()) {
            throw refused(SeedCode.REPLICA_FILTERED, "it leaves changes out: " + status.filter());
        }
        requireNoGaps();
        BinlogPosition applied = status.applier()
                .applied()
                .orElseThrow(() -> refused(SeedCode.REPLICA_BROKEN, "it does not say what it has applied"));
        requireKept(applied);
        String method = "applied by the temporary read replica " + Temporary.name(context.run());
        return Look.done(
                "it stands still at " + applied, new Coordinates(source, "", applied, gtids(), Instant.now(), method));
    }

    /** Several workers that do not keep to the source's order may have applied what lies behind the position that is shown. */
    private void requireNoGaps() {
        List<Row> rows = session.query(WORKERS);
        boolean oneWorker = rows.stream().noneMatch(row -> isSet(row, "workers") && row.number("Value") > 1);
        boolean inOrder = rows.stream().anyMatch(row -> isSet(row, "order") && isOn(row.text("Value")));
        if (!oneWorker && !inOrder) {
            throw refused(
                    SeedCode.REPLICA_GAPS, "it applies with several workers and without replica_preserve_commit_order");
        }
    }

    private static boolean isSet(Row row, String end) {
        return row.text("Variable_name").endsWith(end);
    }

    private static boolean isOn(String value) {
        return value.equals("1") || value.equalsIgnoreCase("ON");
    }

    private void requireKept(BinlogPosition applied) {
        boolean kept = context.sourceSession().query("SHOW BINARY LOGS").stream()
                .anyMatch(row ->
                        row.text("Log_name").equals(applied.file()) && row.number("File_size") >= applied.position());
        if (!kept) {
            throw refused(SeedCode.POSITION_GONE, "the source does not have " + applied + " any more");
        }
    }

    private @Nullable GtidSet gtids() {
        return session.queryValue(GTIDS).map(MySqlGtidSet::parse).orElse(null);
    }

    private StepRefusedException refused(SeedCode code, String why) {
        return new StepRefusedException(
                Problem.of(code, "The temporary read replica " + Temporary.name(context.run()) + ": " + why));
    }
}
