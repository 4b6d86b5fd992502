// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.operation.Target;
import dev.sluice.api.run.RunEvent;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.SessionUse;
import java.util.Optional;

/** From where on a run needs the source's binary log: where the snapshot stands, and then what the replica has fetched. */
record NeededLogs(RunServers servers, RunMemory memory, RunTools tools) {
    BinlogWatch watch() {
        return BinlogWatch.begin(
                servers.connector(Target.SOURCE),
                this::position,
                new BinlogNeed(servers.label(Target.SOURCE)),
                warning -> tools.log().event((run, at) -> new RunEvent.Warning(run, at, warning)),
                "sluice-binlogs-" + tools.run());
    }

    private Optional<BinlogPosition> position() {
        Coordinates snapshot = memory.coordinates();
        if (snapshot == null) {
            return Optional.empty();
        }
        return Optional.of(memory.isLoaded() ? fetched(snapshot).orElse(snapshot.position()) : snapshot.position());
    }

    /** A replica that follows another server, or cannot be asked now, tells nothing about this one. */
    private Optional<BinlogPosition> fetched(Coordinates snapshot) {
        MySqlConnector replica = servers.connector(Target.REPLICA);
        try (MySqlSession session = replica.open(SessionUse.CONTROL)) {
            return ReplicaStatusReader.readDefault(session, Dialect.of(session.version()))
                    .filter(status -> status.source().uuid().equalsIgnoreCase(snapshot.serverUuid()))
                    .map(ReplicaStatus::receiver)
                    .flatMap(ReplicaStatus.Receiver::fetched);
        } catch (SluiceException away) {
            return Optional.empty();
        }
    }
}
