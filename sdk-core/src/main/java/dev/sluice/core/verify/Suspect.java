// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.verify.RowDifference;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row that was not the same on both servers when they were last looked at, and what became of it since. It agrees once the
 * replica shows what the source shows in the same round; where changes are relative, only if the source has shown nothing else, before the
 * replica's position was awaited and after. It differs once, in several rounds in a row, the source has shown one
 * thing only, the replica another only, and the replica has passed the source's position in each of them: one such round could be a
 * row that went to and fro between two values. Not thread-safe.
 */
final class Suspect {
    /** A row that changes to and fro passes one round by chance one time in eight where it is looked at twice. */
    private static final int ROUNDS_TO_PROVE = 8;

    private static final String ABSENT = "";

    private final Set<String> onSource = new HashSet<>();
    private final Set<String> onReplica = new HashSet<>();
    private final boolean isRelative;
    private @Nullable String steady;
    private int steadyRounds;
    private boolean hot;

    /**
     * Nothing was seen yet.
     *
     * @param isRelative see {@link ComparedTable}
     */
    Suspect(boolean isRelative) {
        this.isRelative = isRelative;
    }

    /** Before the first look of a round. */
    void beginRound() {
        onSource.clear();
        onReplica.clear();
    }

    void seenOnSource(@Nullable String row) {
        onSource.add(row == null ? ABSENT : row);
    }

    /** After the replica has passed the source's position that followed the first look of this round. */
    void seenOnReplica(@Nullable String row) {
        onReplica.add(row == null ? ABSENT : row);
    }

    /** Whether the replica showed in this round what the source showed in it. */
    boolean agrees() {
        return isRelative
                ? isSteady() && onReplica.equals(onSource)
                : onReplica.stream().anyMatch(onSource::contains);
    }

    /** After the last look of a round in which it did not agree. */
    void endRound() {
        hot = !isSteady();
        String now = isSteady() ? onSource + " " + onReplica : null;
        steadyRounds = now != null && now.equals(steady) ? steadyRounds + 1 : now == null ? 0 : 1;
        steady = now;
    }

    /** Whether it changed in the last round, so that many looks are needed to see the same on both. */
    boolean isHot() {
        return hot;
    }

    /** Whether neither side has shown two different things in this round. */
    boolean isSteady() {
        return onSource.size() == 1 && onReplica.size() == 1;
    }

    boolean isProven() {
        return steadyRounds >= ROUNDS_TO_PROVE;
    }

    /** What the source showed in the last round; 0 where it showed nothing. */
    String shownOnSource() {
        return shown(onSource);
    }

    /** What the replica showed in the last round; 0 where it showed nothing. */
    String shownOnReplica() {
        return shown(onReplica);
    }

    private static String shown(Set<String> seen) {
        String one = seen.isEmpty() ? ABSENT : seen.iterator().next();
        return one.isEmpty() ? "0" : one;
    }

    /** What is wrong, from the last round. */
    RowDifference.Kind difference() {
        if (onReplica.equals(Set.of(ABSENT))) {
            return RowDifference.Kind.MISSING;
        }
        return onSource.equals(Set.of(ABSENT)) ? RowDifference.Kind.EXTRA : RowDifference.Kind.CHANGED;
    }
}
