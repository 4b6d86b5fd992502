// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.OwnLog;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.SessionUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Opens snapshots on a server that stands still at known coordinates of the source: without a lock, and seen to be where it is said to be
 * before the snapshots open and after. Thread-safe; each call has connections of its own.
 *
 * <p>What the user needs: PROCESS, REPLICATION CLIENT, from 8.0 on XA_RECOVER_ADMIN, and SELECT on the scope; REPLICATION SLAVE where the
 * server writes to its own system schemas meanwhile.
 */
public final class StillServer {
    private final MySqlConnector server;
    private final Coordinates coordinates;

    /**
     * A server that is said to stand still.
     *
     * @param coordinates what it holds of the source
     */
    public StillServer(MySqlConnector server, Coordinates coordinates) {
        this.server = server;
        this.coordinates = coordinates;
    }

    /**
     * Opens a snapshot in sessions of this JVM.
     *
     * @param readers how many sessions
     * @return the snapshot; the caller closes it
     * @throws StepRefusedException NOT_STILL if the server moves, or does not stand at the coordinates; nothing was changed
     * @throws dev.sluice.api.error.StepUnavailableException if it cannot be reached
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     */
    public Snapshot open(Scope scope, int readers, Definitions definitions, Cancellation cancellation) {
        try (SessionOpener opener = new SessionOpener(server, readers)) {
            Standing before = look(cancellation);
            ScopeReader reader = new ScopeReader(server, scope, readers, definitions);
            Preparation prepared = reader.read(cancellation);
            opener.prepare(cancellation);
            opener.openAll();
            requireSame(before, cancellation);
            if (!reader.isUnchanged(prepared, cancellation)) {
                throw moved("What it holds has been defined anew");
            }
            SnapshotMoment moment = new SnapshotMoment(coordinates, null, Duration.ZERO, 1);
            return new Snapshot(server, new SnapshotSearch.Found(moment, prepared), opener.handOver());
        }
    }

    /** Where a server's own log stands, and in its own words all that it has; it has no log where none is written. */
    private record Standing(Optional<BinlogPosition> log, String words) {}

    /** Managed servers go on writing to their system schemas, which nobody copies. */
    private void requireSame(Standing before, Cancellation cancellation) {
        Standing after = look(cancellation);
        if (after.equals(before)) {
            return;
        }
        if (before.log().isEmpty()) {
            throw moved("It has moved from " + before.words());
        }
        try (MySqlSession session = server.open(SessionUse.CONTROL);
                Cancellation.Registration killed = session.cancellable(cancellation, server)) {
            Optional<String> change =
                    new OwnLog(session).changedSince(before.log().get());
            if (change.isPresent()) {
                throw moved("It has written, " + change.get());
            }
        }
    }

    private Standing look(Cancellation cancellation) {
        cancellation.check();
        try (MySqlSession session = server.open(SessionUse.CONTROL);
                Cancellation.Registration killed = session.cancellable(cancellation, server)) {
            Dialect dialect = Dialect.of(session.version());
            Optional<Problem> xa = PreparedTransactions.look(session);
            if (xa.isPresent()) {
                throw new StepRefusedException(xa.get());
            }
            List<ReplicaStatus> channels = ReplicaStatusReader.readAll(session, dialect);
            channels.forEach(this::requireStopped);
            List<Row> log = session.query(dialect.showBinlogStatus());
            return new Standing(
                    log.stream().findFirst().map(row -> new BinlogPosition(row.text("File"), row.number("Position"))),
                    log + ", "
                            + session.queryValue("SELECT @@GLOBAL.gtid_executed")
                                    .orElse(""));
        }
    }

    /** What it applied of the source must be what the coordinates say, and nothing may be applied any more. */
    private void requireStopped(ReplicaStatus channel) {
        if (channel.source().host().isEmpty()) {
            return;
        }
        if (channel.applier().isRunning()) {
            throw moved("It applies changes again");
        }
        boolean isThere = channel.source().uuid().equalsIgnoreCase(coordinates.serverUuid())
                && channel.applier()
                        .applied()
                        .filter(coordinates.position()::equals)
                        .isPresent();
        if (!isThere) {
            throw moved("It has applied " + channel.applier().applied() + " of "
                    + channel.source().uuid());
        }
    }

    private StepRefusedException moved(String how) {
        return new StepRefusedException(Problem.of(
                SnapshotErrorCode.NOT_STILL,
                server.label() + " does not stand still at " + coordinates.position() + ": " + how));
    }
}
