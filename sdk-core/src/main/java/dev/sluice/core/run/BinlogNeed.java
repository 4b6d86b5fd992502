// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lists of a source's binary logs, one after the other, tell of the one that is still needed. One thread at a time. */
final class BinlogNeed {
    private final String source;
    private final Set<RunCode> told = EnumSet.noneOf(RunCode.class);
    private @Nullable String oldest;

    /** @param source what messages call it */
    BinlogNeed(String source) {
        this.source = source;
    }

    /**
     * What is to be told now; each thing once.
     *
     * @param files as the source lists them, oldest first
     * @param needed from where on; empty as long as that is not known
     */
    Optional<Problem> look(List<String> files, Optional<BinlogPosition> needed) {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        String first = files.get(0);
        String before = oldest;
        oldest = first;
        if (needed.isEmpty()) {
            return Optional.empty();
        }
        String file = needed.get().file();
        if (!files.contains(file)) {
            return once(
                    RunCode.LOGS_GONE,
                    source + " does not have " + file
                            + " any more, from which on the replica still needs it; the oldest is " + first);
        }
        boolean hasRemoved = before != null && !before.equals(first);
        return hasRemoved && first.equals(file)
                ? once(
                        RunCode.LOGS_GO,
                        source + " has removed all binary logs before " + file + ", which the replica still needs")
                : Optional.empty();
    }

    private Optional<Problem> once(RunCode code, String what) {
        return told.add(code) ? Optional.of(Problem.of(code, what)) : Optional.empty();
    }
}
