// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.ReplicaStatus.Applier;
import dev.sluice.core.mysql.ReplicaStatus.Receiver;
import dev.sluice.core.mysql.ReplicaStatus.ReceiverState;
import dev.sluice.core.mysql.ReplicaStatus.Source;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the replica status of every version, whose column labels changed in 8.0.22. Thread-safe: no state. */
public final class ReplicaStatusReader {
    private ReplicaStatusReader() {}

    /**
     * All channels that are configured on the server; none if it is no replica.
     *
     * @throws dev.sluice.api.error.StepException if it cannot be read; the privilege is REPLICATION CLIENT
     */
    public static List<ReplicaStatus> readAll(ServerSession session, Dialect dialect) {
        return session.query(dialect.showReplicaStatus()).stream()
                .map(ReplicaStatusReader::of)
                .toList();
    }

    /**
     * One channel, empty if it is not configured.
     *
     * @param channel its name, {@code ""} for the default one
     * @throws dev.sluice.api.error.StepException if it cannot be read; the privilege is REPLICATION CLIENT
     */
    public static Optional<ReplicaStatus> read(ServerSession session, Dialect dialect, String channel) {
        return readAll(session, dialect).stream()
                .filter(status -> status.channel().equalsIgnoreCase(channel))
                .findFirst();
    }

    /**
     * The default channel, the only one that plans use; empty if it has no source, as after a reset.
     *
     * @throws dev.sluice.api.error.StepException if it cannot be read; the privilege is REPLICATION CLIENT
     */
    public static Optional<ReplicaStatus> readDefault(ServerSession session, Dialect dialect) {
        return read(session, dialect, "")
                .filter(status -> !status.source().host().isEmpty());
    }

    /** From one row of the status statement, with the labels of any version. */
    static ReplicaStatus of(Row row) {
        return new ReplicaStatus(
                text(row, "Channel_Name"),
                source(row),
                receiver(row),
                applier(row),
                gtids(row, "Retrieved_Gtid_Set"),
                gtids(row, "Executed_Gtid_Set"),
                lag(row),
                ShownFilter.ofStatus(row),
                delay(row));
    }

    private static Source source(Row row) {
        return new Source(
                text(row, "Source_Host", "Master_Host"),
                Integer.parseInt(text(row, "Source_Port", "Master_Port")),
                text(row, "Source_User", "Master_User"),
                text(row, "Source_UUID", "Master_UUID"),
                text(row, "Auto_Position").equals("1"),
                text(row, "Source_SSL_Allowed", "Master_SSL_Allowed").equalsIgnoreCase("Yes"));
    }

    private static Receiver receiver(Row row) {
        return new Receiver(
                state(text(row, "Replica_IO_Running", "Slave_IO_Running")),
                text(row, "Replica_IO_State", "Slave_IO_State"),
                position(
                        text(row, "Source_Log_File", "Master_Log_File"),
                        text(row, "Read_Source_Log_Pos", "Read_Master_Log_Pos")),
                ReplicationError.of(text(row, "Last_IO_Errno"), text(row, "Last_IO_Error"))
                        .orElse(null));
    }

    private static Applier applier(Row row) {
        return new Applier(
                text(row, "Replica_SQL_Running", "Slave_SQL_Running").equalsIgnoreCase("Yes"),
                text(row, "Replica_SQL_Running_State", "Slave_SQL_Running_State"),
                position(
                        text(row, "Relay_Source_Log_File", "Relay_Master_Log_File"),
                        text(row, "Exec_Source_Log_Pos", "Exec_Master_Log_Pos")),
                ReplicationError.of(text(row, "Last_SQL_Errno"), text(row, "Last_SQL_Error"))
                        .orElse(null));
    }

    private static ReceiverState state(String running) {
        return switch (running.toLowerCase(java.util.Locale.ROOT)) {
            case "yes" -> ReceiverState.RUNNING;
            case "connecting" -> ReceiverState.CONNECTING;
            default -> ReceiverState.STOPPED;
        };
    }

    /** No file: nothing was fetched or applied yet. Offset 0 stands for the beginning, which is 4. */
    private static @Nullable BinlogPosition position(String file, String offset) {
        return file.isEmpty() || offset.isEmpty()
                ? null
                : new BinlogPosition(file, Math.max(BinlogPosition.FIRST, Long.parseLong(offset)));
    }

    private static @Nullable Duration lag(Row row) {
        String seconds = text(row, "Seconds_Behind_Source", "Seconds_Behind_Master");
        return seconds.isEmpty() ? null : Duration.ofSeconds(Long.parseLong(seconds));
    }

    /** Labels that are the same in all versions; the one is NULL unless the applier waits. */
    private static ReplicaStatus.Delay delay(Row row) {
        String configured = text(row, "SQL_Delay");
        String remaining = text(row, "SQL_Remaining_Delay");
        return new ReplicaStatus.Delay(
                configured.isEmpty() ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(configured)),
                remaining.isEmpty() ? null : Duration.ofSeconds(Long.parseLong(remaining)));
    }

    private static MySqlGtidSet gtids(Row row, String label) {
        return MySqlGtidSet.parse(text(row, label));
    }

    private static String text(Row row, String... labels) {
        return row.findAny(labels).orElse("");
    }
}
