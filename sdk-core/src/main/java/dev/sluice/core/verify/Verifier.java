// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares a replica with its source, without any write on either and without a lock. Thread-safe: no state. */
public final class Verifier {
    /**
     * Compares definitions and rows.
     *
     * @return what is equal, what differs, and what could not be decided; a difference is no failure
     * @throws StepException if a server cannot be read, or replication is needed and not there; nothing was changed
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
            List<String> structure;
            List<TableState> states;
            try (SessionPair sessions = sessions()) {
                refuseTheSameServer(sessions);
                StructureLook look = new StructureLook(sessions, request.scope(), passing(sessions));
                states = look.tables(request.rowsAtOnce());
                structure = look.differences();
            }
            listener.planned(
                    states.size(),
                    states.stream()
                            .mapToLong(state -> state.table().estimatedRows())
                            .sum());
            new FirstLook(new Crew(this::sessions, cancellation), deadline, listener).take(states, request.threads());
            try (SessionPair sessions = sessions()) {
                new SecondLooks(sessions, passing(sessions), deadline, cancellation, listener).take(states);
            }
            return report(structure, states);
        }

        private SessionPair sessions() {
            return SessionPair.open(source, replica, deadline, cancellation);
        }

        private @Nullable ReplicaPassing passing(SessionPair sessions) {
            return request.consistency() == Consistency.LIVE
                    ? new ReplicaPassing(sessions, deadline, cancellation)
                    : null;
        }

        private static void refuseTheSameServer(SessionPair sessions) {
            String one = sessions.source().row(VerifyStatements.SERVER_UUID).get(0);
            String other = sessions.replica().row(VerifyStatements.SERVER_UUID).get(0);
            if (one != null && one.equals(other)) {
                throw new StepRefusedException(
                        Problem.of(VerifyCode.SAME_SERVER, "Source and replica are both server " + one));
            }
        }

        private VerificationReport report(List<String> structure, List<TableState> states) {
            String reason = "the deadline of " + deadline + " came before it could be told";
            return new VerificationReport(
                    states.stream()
                            .map(state -> state.comparison(reason))
                            .peek(listener::tableDone)
                            .sorted(Comparator.comparing(comparison -> comparison.table()))
                            .toList(),
                    structure,
                    deadline.elapsed());
        }
    }
}
