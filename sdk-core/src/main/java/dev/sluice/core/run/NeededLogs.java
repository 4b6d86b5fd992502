// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.RunEvent;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.SessionUse;
import java.util.Optional;

/**
 * From where on a run needs the source's binary log: where the snapshot stands, and then what the replica has applied and fetched.
 *
 * @param retention how long the source keeps it
 */
record NeededLogs(RunServers servers, RunMemory memory, RunTools tools, LogRetention retention) {
    BinlogWatch watch() {
        return BinlogWatch.begin(
                servers.connector(Target.SOURCE),
                this::from,
                new BinlogNeed(servers.label(Target.SOURCE), retention),
                warning -> tools.log().event((run, at) -> new RunEvent.Warning(run, at, warning)),
                tools.log().clock(),
                "sluice-binlogs-" + tools.run());
    }

    private Optional<NeededFrom> from() {
        Coordinates snapshot = memory.coordinates();
        if (snapshot == null) {
            return Optional.empty();
        }
        NeededFrom from = NeededFrom.snapshot(snapshot.position(), snapshot.takenAt());
        return memory.isLoaded() ? replica(snapshot, from) : Optional.of(from);
    }

    /** Unknown while the replica cannot be asked. One that follows nobody yet, or another server, needs all since the snapshot. */
    private Optional<NeededFrom> replica(Coordinates snapshot, NeededFrom from) {
        MySqlConnector replica = servers.connector(Target.REPLICA);
        try (MySqlSession session = replica.open(SessionUse.CONTROL)) {
            return Optional.of(ReplicaStatusReader.readDefault(session, Dialect.of(session.version()))
                    .map(status -> from.by(status, snapshot.serverUuid()))
                    .orElse(from));
        } catch (SluiceException away) {
            return Optional.empty();
        }
    }
}
