// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.verify.structure.AutoIncrements;
import dev.sluice.core.verify.structure.Structure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares the definitions. While replication goes on, each look reads the source, lets the replica pass the source's position, and
 * reads the replica; only what differs in every look counts.
 */
final class StructureLook {
    private static final int LOOKS = 3;

    private final SessionPair sessions;
    private final Scope scope;
    private final @Nullable ReplicaPassing passing;
    private @Nullable String stuck;

    /**
     * Takes over.
     *
     * @param passing tells when the replica has caught up; null if nothing changes
     */
    StructureLook(SessionPair sessions, Scope scope, @Nullable ReplicaPassing passing) {
        this.sessions = sessions;
        this.scope = scope;
        this.passing = passing;
    }

    /** The tables that both servers have, biggest first. */
    List<TableState> tables(int rowsAtOnce) {
        SortedMap<TableName, TableShape> onSource = new ShapeReader(sessions.source()).read(scope);
        pass();
        SortedMap<TableName, TableShape> onReplica = new ShapeReader(sessions.replica()).read(scope);
        ComparedTable.Circumstances both = circumstances(rowsAtOnce);
        SuspectRoom room = new SuspectRoom();
        List<TableState> states = new ArrayList<>();
        onSource.forEach((table, shape) -> {
            TableShape other = onReplica.get(table);
            if (other != null) {
                states.add(new TableState(ComparedTable.of(table, shape, other, both), room));
            }
        });
        states.sort(Comparator.comparingLong((TableState state) -> state.table().estimatedRows())
                .reversed());
        return states;
    }

    private ComparedTable.Circumstances circumstances(int rowsAtOnce) {
        boolean logsRows = sessions.source().rows(VerifyStatements.LOG_FORMAT).stream()
                .allMatch(row -> "ROW".equalsIgnoreCase(row.get(1)));
        boolean spellsJsonAlike = writesPoints(sessions.source()) == writesPoints(sessions.replica());
        RowSum sum = RowSum.forKeys(
                sessions.source().session().version(),
                sessions.replica().session().version());
        return new ComparedTable.Circumstances(rowsAtOnce, logsRows, spellsJsonAlike, sum);
    }

    /** Since 8.0 a whole DOUBLE in JSON is written with a point. */
    private static boolean writesPoints(ReadSession session) {
        return session.session().version().isAtLeast(8, 0, 0);
    }

    /** What differs, a line each. */
    List<String> differences() {
        List<String> lines = look();
        for (int i = 1; passing != null && i < LOOKS && !lines.isEmpty(); i++) {
            List<String> again = look();
            lines = lines.stream().filter(again::contains).toList();
        }
        return stuck == null || lines.isEmpty() ? lines : List.of("definitions cannot be compared: " + stuck);
    }

    private List<String> look() {
        ServerVersion sourceVersion = sessions.source().session().version();
        ServerVersion replicaVersion = sessions.replica().session().version();
        Structure source = Structure.read(sessions.source(), sourceVersion, replicaVersion, scope);
        pass();
        Structure replica = Structure.read(sessions.replica(), replicaVersion, sourceVersion, scope);
        List<TableName> behind = AutoIncrements.behind(sessions.replica(), scope);
        return lines(
                source,
                replica,
                behind,
                behind.isEmpty() ? List.of() : AutoIncrements.behind(sessions.source(), scope));
    }

    /** What differs, a line each. Updates of counted columns leave counters behind, too, and do so on the source. */
    static List<String> lines(
            Structure source, Structure replica, List<TableName> behindOnReplica, List<TableName> behindOnSource) {
        List<String> lines = new ArrayList<>(source.differences(replica));
        behindOnReplica.stream()
                .filter(table -> !behindOnSource.contains(table))
                .forEach(table -> lines.add(
                        "table " + table + ": AUTO_INCREMENT on the replica would give out a value that is taken"));
        return lines;
    }

    private void pass() {
        if (passing != null) {
            stuck = passing.await(passing.mark()).orElse(null);
        }
    }
}
