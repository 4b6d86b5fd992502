// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static java.util.Objects.requireNonNull;

import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import java.time.Clock;

/**
 * Opens snapshots on a source with coordinates of the same instant, under the shortest lock that the server grants. Thread-safe;
 * each call has connections of its own.
 *
 * <p>What the user needs: PROCESS, REPLICATION CLIENT, from 8.0 on XA_RECOVER_ADMIN, and for the lock RELOAD, or LOCK TABLES and
 * SELECT on the scope.
 *
 * <p>{@code LOCK TABLES … WRITE} holds up readers of the scope as well, and a transaction that uses one table of the scope and then
 * another one while the lock is being taken is rolled back with error 1213, as in any deadlock.
 */
public final class SnapshotTaker {
    private final Definitions definitions;
    private final Clock clock;

    /**
     * A taker by this JVM's clock.
     *
     * @param definitions reads what must not change while a snapshot is taken
     */
    public SnapshotTaker(Definitions definitions) {
        this(definitions, Clock.systemUTC());
    }

    /**
     * A taker.
     *
     * @param definitions reads what must not change while a snapshot is taken
     * @param clock tells when coordinates were read
     */
    public SnapshotTaker(Definitions definitions, Clock clock) {
        this.definitions = requireNonNull(definitions, "definitions");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Opens a snapshot in sessions of this JVM. The source is free again when this returns or throws.
     *
     * @return the snapshot; the caller closes it
     * @throws dev.sluice.api.error.StepRefusedException with a {@link SnapshotErrorCode} if there can be none, or not within the
     *     request's patience; nothing was changed
     * @throws dev.sluice.api.error.StepUnavailableException if the source cannot be reached
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     */
    public Snapshot take(
            MySqlConnector source, SnapshotRequest request, SnapshotListener listener, Cancellation cancellation) {
        try (SessionOpener readers = new SessionOpener(source, request.readers())) {
            SnapshotSearch.Found found = search(source, request, readers, listener, cancellation);
            return new Snapshot(source, found, readers.handOver());
        }
    }

    /**
     * Has something else open its snapshot under the lock, such as a program with a transaction of its own. The source is free
     * again when this returns or throws.
     *
     * @param request its number of readers means nothing here
     * @throws dev.sluice.api.error.StepException as {@link #take} does, and what the opener throws
     * @throws dev.sluice.core.mysql.CancelledException if somebody cancelled
     */
    public SnapshotMoment hold(
            MySqlConnector source,
            SnapshotRequest request,
            SnapshotOpener opener,
            SnapshotListener listener,
            Cancellation cancellation) {
        try {
            return search(source, request, opener, listener, cancellation).moment();
        } catch (RuntimeException failure) {
            opener.discard();
            throw failure;
        }
    }

    private SnapshotSearch.Found search(
            MySqlConnector source,
            SnapshotRequest request,
            SnapshotOpener opener,
            SnapshotListener listener,
            Cancellation cancellation) {
        try (SnapshotTools tools = new SnapshotTools(source, request, opener, listener, clock)) {
            return new SnapshotSearch(tools, definitions, cancellation).run();
        }
    }
}
