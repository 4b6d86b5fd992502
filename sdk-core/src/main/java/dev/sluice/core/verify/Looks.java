// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.coordinates.Coordinates;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the same rows of a table on both servers, such that what is the same stays the same. Where the log carries the values that a change
 * leads to, one look at either will do: a change that is on its way sets the row right. Where changes are relative, such as one more of
 * several equal rows, one that is on its way could make up for a difference: there the replica is looked at once it has passed the
 * source's position, and the source before and after. One thread at a time.
 */
final class Looks {
    private final ComparedTable table;
    private final SessionPair sessions;
    private final @Nullable ReplicaPassing passing;

    /**
     * Takes over.
     *
     * @param passing tells when the replica has caught up; null if nothing changes
     */
    Looks(ComparedTable table, SessionPair sessions, @Nullable ReplicaPassing passing) {
        this.table = table;
        this.sessions = sessions;
        this.passing = table.isRelative() ? passing : null;
    }

    ComparedTable table() {
        return table;
    }

    SessionPair sessions() {
        return sessions;
    }

    /** What a query shows on both; empty if replication stands still, and then the table is undecided. */
    <T> Optional<Sight<T>> take(TableState state, BiFunction<ComparedTable.Side, ReadSession, T> query) {
        T source = query.apply(table.source(), sessions.source());
        if (passing == null) {
            return Optional.of(new Sight<>(source, query.apply(table.replica(), sessions.replica()), source));
        }
        Coordinates mark = passing.mark();
        Optional<String> stuck = passing.await(mark);
        if (stuck.isPresent()) {
            state.undecided(stuck.get());
            return Optional.empty();
        }
        T replica = query.apply(table.replica(), sessions.replica());
        return Optional.of(new Sight<>(source, replica, query.apply(table.source(), sessions.source())));
    }

    /**
     * What was seen.
     *
     * @param source before the replica was looked at
     * @param replica what it showed
     * @param sourceAfter the same as source where one look was enough
     */
    record Sight<T>(T source, T replica, T sourceAfter) {
        boolean agrees() {
            return source.equals(replica) && sourceAfter.equals(replica);
        }

        /** The keys under which not all three maps hold the same, or of which one knows nothing. */
        static <K, V> Set<K> differing(Sight<Map<K, V>> seen) {
            Set<K> differing = new LinkedHashSet<>(seen.source().keySet());
            differing.addAll(seen.replica().keySet());
            differing.addAll(seen.sourceAfter().keySet());
            differing.removeIf(key -> {
                V replica = seen.replica().get(key);
                return Objects.equals(seen.source().get(key), replica)
                        && Objects.equals(seen.sourceAfter().get(key), replica);
            });
            return differing;
        }
    }
}
