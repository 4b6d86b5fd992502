// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.run.RunId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which runs have had which replica, in turn. A later run finds in place what an earlier one has left, and builds on it: from then on
 * only the later one can be taken back. Thread-safe.
 */
final class ReplicaTurns {
    private final Map<String, NavigableMap<Long, RunId>> turns = new HashMap<>();
    private long count;

    /** One run's time with a replica. */
    record Turn(String replica, long number) {}

    /** This run has the replica now, by its claim. */
    Turn take(ServerFacts replica, RunId run) {
        return take(name(replica), run);
    }

    /**
     * The same by a name.
     *
     * @param replica the server's UUID where it has one
     */
    synchronized Turn take(String replica, RunId run) {
        Turn turn = new Turn(replica, ++count);
        turns.computeIfAbsent(turn.replica, name -> new TreeMap<>()).put(turn.number, run);
        return turn;
    }

    /** By what the server says of itself, whatever address a plan has for it. */
    private static String name(ServerFacts replica) {
        return replica.serverUuid().isEmpty() ? replica.address().toString() : replica.serverUuid();
    }

    /** The run came to its end, which is never taken back; earlier ones need not be known any more. */
    synchronized void stays(Turn turn) {
        of(turn).headMap(turn.number, false).clear();
    }

    /** Everything of the run was taken back, so that nothing of it is in the way of earlier ones. */
    synchronized void takenBack(Turn turn) {
        NavigableMap<Long, RunId> all = of(turn);
        all.remove(turn.number);
        if (all.isEmpty()) {
            turns.remove(turn.replica);
        }
    }

    /** The last run that has had the same replica afterwards, if there is one and it was not taken back. */
    synchronized Optional<RunId> lastAfter(Turn turn) {
        return Optional.ofNullable(of(turn).tailMap(turn.number, false).lastEntry())
                .map(Map.Entry::getValue);
    }

    private NavigableMap<Long, RunId> of(Turn turn) {
        return turns.getOrDefault(turn.replica, new TreeMap<>());
    }
}
