// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.operation.LockKind;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sessions that all see the source as it was at the same instant, and where its binary log stood then. Thread-safe; each session
 * belongs to one thread at a time.
 */
public final class Snapshot implements AutoCloseable {
    private final SnapshotMoment moment;
    private final String fingerprint;
    private final TableIdentities identities;
    private final List<MySqlSession> readers;
    private final PresentTables present;
    private final SnapshotKeeper keeper;

    Snapshot(MySqlConnector source, SnapshotSearch.Found found, List<MySqlSession> readers) {
        this.moment = found.moment();
        this.fingerprint = found.prepared().fingerprint();
        this.identities = found.prepared().identities();
        this.readers = List.copyOf(readers);
        this.present = new PresentTables(source);
        this.keeper = new SnapshotKeeper(this.readers);
    }

    /** Where the log stood: everything before it is in the snapshot, nothing after it is. */
    public Coordinates coordinates() {
        return moment.coordinates();
    }

    /** How long writers could be held up by the try that succeeded, waiting for the lock included. */
    public Duration lockHeld() {
        return moment.lockHeld();
    }

    /** The lock that held them up; empty where the server stands still anyway. */
    public Optional<LockKind> lock() {
        return Optional.ofNullable(moment.lockOrNull());
    }

    /** The instant with all that is known of it. */
    public SnapshotMoment moment() {
        return moment;
    }

    /** Of the definitions that belong to the coordinates, as {@link Definitions} told it. */
    public String fingerprint() {
        return fingerprint;
    }

    /** The sessions, each in a read-only transaction at REPEATABLE READ. Reading goes through {@link #unit}. */
    public List<MySqlSession> readers() {
        return readers;
    }

    /** The server's ids of the readers. */
    List<Long> sessions() {
        return readers.stream().map(MySqlSession::connectionId).toList();
    }

    /**
     * Begins to read with one of the readers. When the unit is closed, the reader lets go of the tables, so that DDL on them need
     * not wait for the whole copy, and it is kept alive until its next unit.
     *
     * @throws IllegalArgumentException if the session is no reader of this snapshot
     * @throws dev.sluice.api.error.StepRefusedException SNAPSHOT_LOST if the session has ended
     */
    public ReadUnit unit(MySqlSession reader) {
        if (readers.stream().noneMatch(mine -> mine == reader)) {
            throw new IllegalArgumentException("Not a reader of this snapshot: " + reader);
        }
        keeper.takeFromRest(reader);
        try {
            return new ReadUnit(reader, identities, present, () -> keeper.layToRest(reader));
        } catch (RuntimeException failure) {
            keeper.layToRest(reader);
            throw failure;
        }
    }

    /** Ends all sessions, also those that are being read on other threads. Never throws; a second call does nothing. */
    @Override
    public void close() {
        keeper.close();
        present.close();
    }

    @Override
    public String toString() {
        return "snapshot at " + moment.coordinates().position();
    }
}
