// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import java.util.List;

/**
 * What became of a run whose process was killed.
 *
 * @param rows how the replica differs from its source
 * @param leftovers what is there and should not be, or the other way round
 */
record KillOutcome(RowBalance rows, List<String> leftovers) {
    static final KillOutcome CLEAN = new KillOutcome(new RowBalance(0, 0), List.of());

    /** No run came to that moment: one that has to try something again under load has more records than others. */
    static final KillOutcome NOT_REACHED = new KillOutcome(new RowBalance(0, 0), List.of("not reached"));

    static KillOutcome failed(String why) {
        return new KillOutcome(new RowBalance(0, 0), List.of(why));
    }

    boolean isClean() {
        return equals(CLEAN);
    }

    /** For people. */
    @Override
    public String toString() {
        return isClean() ? "clean" : this.equals(NOT_REACHED) ? "not reached" : rows + " " + leftovers;
    }
}
