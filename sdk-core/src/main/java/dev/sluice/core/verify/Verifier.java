// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.verify.ComparedAt;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.api.verify.VerifyListener;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares a replica with its source, without any write on either and without a lock. Thread-safe: no state. */
public final class Verifier {
    /** What a report says instead of differences between definitions for which there was no time. */
    public static final String DEFINITIONS_LEFT = "definitions were not compared before the deadline";

    /**
     * Compares definitions and rows.
     *
     * @return what is equal, what differs, and what could not be decided; a difference is no failure
     * @throws StepException if a server cannot be read, replication is needed and not there, or a user does not see all of the scope
     *     ({@code CORE-841}, {@code CORE-842}); nothing was changed
     * @throws dev.sluice.core.mysql.CancelledException if it was cancelled
     */
    public VerificationReport verify(
            MySqlConnector source,
            MySqlConnector replica,
            VerifyRequest request,
            VerifyListener listener,
            Cancellation cancellation) {
        Deadline deadline = new Deadline(request.deadline());
        Cancellation own = new Cancellation();
        try (Cancellation.Registration link = cancellation.onCancel(own::cancel)) {
            return new Comparison(source, replica, request, new OneAtATime(listener), deadline, own).run();
        }
    }

    /** One comparison. */
    private record Comparison(
            MySqlConnector source,
            MySqlConnector replica,
            VerifyRequest request,
            VerifyListener listener,
            Deadline deadline,
            Cancellation cancellation) {
        VerificationReport run() {
            AtomicReference<List<String>> structure = new AtomicReference<>(List.of(DEFINITIONS_LEFT));
            List<TableState> states;
            List<TableComparison> nowhere;
            try (SessionPair sessions = sessions()) {
                refuseTheSameServer(sessions);
                nowhere = WholeScope.read(sessions, request.scope()).require().shownByNeither();
                StructureLook look = new StructureLook(sessions, request.scope(), passing(sessions));
                states = look.tables(request.rowsAtOnce()).stream()
                        .filter(state -> !isKnown(state.table().name()))
                        .toList();
            }
            planned(states, nowhere, listener);
            Pace pace = new Pace(request.throttle(), deadline, cancellation);
            Crew crew = new Crew(this::sessions, cancellation);
            crew.later(sessions -> definitions(sessions).ifPresent(structure::set));
            new FirstLook(crew, pace, deadline, listener, this::passing, (state, sessions) -> state.equalAtOnce())
                    .take(states, request.threads());
            if (!states.stream().allMatch(TableState::isSettled)) {
                try (SessionPair sessions = sessions()) {
                    new SecondLooks(sessions, passing(sessions), deadline, cancellation, listener).take(states);
                }
            }
            List<TableComparison> others =
                    Stream.concat(request.known().stream(), nowhere.stream()).toList();
            return report(states, others, requireNonNull(structure.get(), "structure"), deadline, listener, null);
        }

        /** Empty if the deadline came before. */
        private Optional<List<String>> definitions(SessionPair sessions) {
            try {
                return Optional.of(new StructureLook(sessions, request.scope(), passing(sessions)).differences());
            } catch (StepException failure) {
                if (Deadline.hasEnded(failure)) {
                    return Optional.empty();
                }
                throw failure;
            }
        }

        private boolean isKnown(TableName table) {
            return request.known().stream().anyMatch(known -> known.table().equals(table));
        }

        private SessionPair sessions() {
            return SessionPair.open(source, replica, deadline, cancellation);
        }

        private @Nullable ReplicaPassing passing(SessionPair sessions) {
            return request.consistency() == Consistency.LIVE
                    ? new ReplicaPassing(sessions, deadline, cancellation)
                    : null;
        }
    }

    /**
     * What the states come to.
     *
     * @param others what is known of other tables
     */
    static VerificationReport report(
            List<TableState> states,
            List<TableComparison> others,
            List<String> structure,
            Deadline deadline,
            VerifyListener listener,
            @Nullable ComparedAt at) {
        String reason = "the deadline of " + deadline + " came before it could be told";
        return new VerificationReport(
                Stream.concat(others.stream(), states.stream().map(state -> ended(state, reason, listener)))
                        .sorted(Comparator.comparing(TableComparison::table))
                        .toList(),
                structure,
                deadline.elapsed(),
                at);
    }

    private static TableComparison ended(TableState state, String reason, VerifyListener listener) {
        TableComparison comparison = state.comparison(reason);
        if (!state.isTold()) {
            listener.tableDone(comparison);
        }
        return comparison;
    }

    /** What is about to be compared, and what cannot be. */
    static void planned(List<TableState> states, List<TableComparison> nowhere, VerifyListener listener) {
        listener.planned(
                states.size() + nowhere.size(),
                states.stream()
                        .mapToLong(state -> state.table().estimatedRows())
                        .sum());
        nowhere.forEach(listener::tableDone);
    }

    static void refuseTheSameServer(SessionPair sessions) {
        String one = sessions.source().row(VerifyStatements.SERVER_UUID).get(0);
        String other = sessions.replica().row(VerifyStatements.SERVER_UUID).get(0);
        if (one != null && one.equals(other)) {
            throw new StepRefusedException(
                    Problem.of(VerifyCode.SAME_SERVER, "Source and replica are both server " + one));
        }
    }
}
