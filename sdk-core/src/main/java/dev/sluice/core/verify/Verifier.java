// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
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
        Comparison comparison =
                new Comparison(source, replica, request, new OneAtATime(listener), deadline, cancellation);
        return comparison.run();
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
            List<String> structure = new ArrayList<>();
            List<TableState> states = new ArrayList<>();
            try (SessionPair sessions = sessions()) {
                refuseTheSameServer(sessions);
                catchUp(sessions);
                plan(sessions, structure, states);
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

        /** The less the replica lags, the less has to be looked at again. */
        private void catchUp(SessionPair sessions) {
            @Nullable ReplicaPassing passing = passing(sessions);
            if (passing != null) {
                passing.await(passing.mark());
            }
        }

        private void plan(SessionPair sessions, List<String> structure, List<TableState> states) {
            SortedMap<TableName, TableShape> onSource = new ShapeReader(sessions.source()).read(request.scope());
            SortedMap<TableName, TableShape> onReplica = new ShapeReader(sessions.replica()).read(request.scope());
            onReplica.keySet().stream()
                    .filter(table -> !onSource.containsKey(table))
                    .forEach(table -> structure.add("table " + table + " is on the replica only"));
            onSource.forEach((table, shape) -> {
                TableShape other = onReplica.get(table);
                if (other == null) {
                    structure.add("table " + table + " is missing on the replica");
                } else {
                    states.add(new TableState(ComparedTable.of(table, shape, other)));
                }
            });
            states.sort(
                    Comparator.comparingLong((TableState state) -> state.table().estimatedRows())
                            .reversed());
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
