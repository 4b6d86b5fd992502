// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.verify.ComparedAt;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.snapshot.Snapshot;
import dev.sluice.core.snapshot.SnapshotListener;
import dev.sluice.core.snapshot.SnapshotRequest;
import dev.sluice.core.snapshot.SnapshotTaker;
import dev.sluice.core.snapshot.StillServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a replica with its source at exactly one position, by a snapshot on either: {@link #openSource}, have the replica's applier run to
 * exactly there, {@link #openReplica}, have it go on, {@link #compare}. What differs is different. One thread at a time.
 */
public final class ExactVerification implements AutoCloseable {
    private final MySqlConnector source;
    private final MySqlConnector replica;
    private final VerifyRequest request;
    private final Cancellation cancellation;
    private final Deadline deadline;
    private final ExactDefinitions definedOnSource;
    private final ExactDefinitions definedOnReplica;
    private @Nullable Snapshot snapshot;
    private @Nullable SnapshotSessions onSource;
    private @Nullable SnapshotSessions onReplica;
    private List<TableState> states = List.of();
    private List<TableComparison> nowhere = List.of();

    /**
     * Opens nothing yet.
     *
     * @param request its consistency means nothing here
     * @param cancellation of all that comes
     */
    public ExactVerification(
            MySqlConnector source, MySqlConnector replica, VerifyRequest request, Cancellation cancellation) {
        this.source = source;
        this.replica = replica;
        this.request = request;
        this.cancellation = cancellation;
        this.deadline = new Deadline(request.deadline());
        this.definedOnSource = new ExactDefinitions(
                () -> ReadSession.open(source, deadline, cancellation),
                source.version(),
                replica.version(),
                request.scope());
        this.definedOnReplica = new ExactDefinitions(
                () -> ReadSession.open(replica, deadline, cancellation),
                replica.version(),
                source.version(),
                request.scope());
    }

    /**
     * Opens the source's snapshot under a lock that is over when this returns.
     *
     * @param patience how long to try for the lock
     * @return where the snapshot stands
     * @throws dev.sluice.api.error.StepException if there is none, or a user does not see all of the scope
     */
    public Coordinates openSource(List<LockKind> locks, Duration window, Duration patience, SnapshotListener listener) {
        try (SessionPair sessions = SessionPair.open(source, replica, deadline, cancellation)) {
            Verifier.refuseTheSameServer(sessions);
            nowhere = WholeScope.read(sessions, request.scope()).require().shownByNeither();
        }
        Snapshot taken = new SnapshotTaker(definedOnSource)
                .take(
                        source,
                        new SnapshotRequest(request.scope(), locks, window, request.threads(), patience),
                        listener,
                        cancellation);
        snapshot = taken;
        onSource = new SnapshotSessions(taken, source);
        return taken.coordinates();
    }

    /** How long writers on the source could be held up. */
    public Duration lockHeld() {
        return opened(snapshot).lockHeld();
    }

    /**
     * Opens the replica's snapshot, without a lock.
     *
     * @throws StepRefusedException if the replica does not stand still at exactly the source's snapshot
     */
    public void openReplica() {
        onReplica = new SnapshotSessions(
                new StillServer(replica, opened(snapshot).coordinates())
                        .open(request.scope(), request.threads(), definedOnReplica, cancellation),
                replica);
        try (SessionPair sessions = pair(cancellation)) {
            states = new StructureLook(sessions, request.scope(), null).tables(request.rowsAtOnce());
            states.stream()
                    .filter(state -> !state.table().isHeldBySnapshots())
                    .forEach(state ->
                            state.undecided("its engine keeps no snapshots, so that it was not read at one position"));
        }
    }

    /**
     * Compares both snapshots; the servers may go on.
     *
     * @param applierStopped how long the replica's applier did not run freely
     * @param reading ends the comparison, besides the cancellation that was given before
     * @return also differences, and what could not be decided because its definition was changed meanwhile
     */
    public VerificationReport compare(Duration applierStopped, VerifyListener listener, Cancellation reading) {
        VerifyListener told = new OneAtATime(listener);
        Cancellation own = new Cancellation();
        try (Cancellation.Registration link = reading.onCancel(own::cancel)) {
            Verifier.planned(states, nowhere, told);
            new FirstLook(
                            new Crew(() -> pair(own), own),
                            new Pace(request.throttle(), deadline, own),
                            deadline,
                            told,
                            sessions -> null,
                            ExactVerification::equalAsItWas)
                    .take(states, request.threads());
            try (SessionPair sessions = pair(own)) {
                new SecondLooks(sessions, null, deadline, own, told).take(states);
                states.stream().filter(state -> !state.isTold()).forEach(state -> confirm(state, sessions));
            }
        }
        List<String> structure = StructureLook.lines(
                definedOnSource.structure(),
                definedOnReplica.structure(),
                definedOnReplica.countersBehind(),
                definedOnSource.countersBehind());
        ComparedAt at = new ComparedAt(opened(snapshot).coordinates(), lockHeld(), applierStopped);
        return Verifier.report(states, nowhere, structure, deadline, told, at);
    }

    /** A table is told to be equal once it is proven that it was read as it was in both snapshots. */
    private static Optional<TableComparison> equalAsItWas(TableState state, SessionPair sessions) {
        if (state.isEqualSoFar()) {
            confirm(state, sessions);
        }
        return state.equalAtOnce();
    }

    /** A table that was replaced or truncated since can be read, but not as it was. */
    private static void confirm(TableState state, SessionPair sessions) {
        try {
            sessions.source().confirm(state.table().name());
            sessions.replica().confirm(state.table().name());
        } catch (StepRefusedException another) {
            state.worthless(another.problems().get(0).toString());
        }
    }

    private SessionPair pair(Cancellation own) {
        ReadSession first = opened(onSource).lend(deadline, own);
        try {
            return new SessionPair(first, opened(onReplica).lend(deadline, own));
        } catch (RuntimeException failure) {
            first.close();
            throw failure;
        }
    }

    private static <T> T opened(@Nullable T what) {
        if (what == null) {
            throw new IllegalStateException("The snapshot is not open");
        }
        return what;
    }

    /** Ends both snapshots. A second call does nothing. */
    @Override
    public void close() {
        SnapshotSessions first = onSource;
        SnapshotSessions second = onReplica;
        onSource = null;
        onReplica = null;
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
    }
}
