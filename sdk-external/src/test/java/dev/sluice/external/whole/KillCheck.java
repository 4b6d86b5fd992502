// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.api.run.RunResult;
import dev.sluice.core.Sluice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Goes on with runs whose process was killed, and looks at what is there afterwards.
 *
 * @param undisturbed the same run without a kill
 */
record KillCheck(Undisturbed undisturbed) {
    /** In another process. */
    KillOutcome resume(KillAttempt attempt) throws Exception {
        Child next = attempt.resume(KillPoint.NONE);
        String end = next.await("END");
        if (!end.startsWith("SUCCEEDED")) {
            return KillOutcome.failed("the resumed run ended: " + end);
        }
        List<String> leftovers = new ArrayList<>(result(next.await("LOCK")));
        RowBalance rows = attempt.rows();
        long mismatches = attempt.mismatches();
        if (mismatches > 0) {
            leftovers.add(mismatches + " tables differ");
        }
        leftovers.addAll(attempt.held());
        leftovers.addAll(attempt.secrets());
        List<String> changed = attempt.changed();
        changed.stream().filter(line -> !undisturbed.changed().contains(line)).forEach(leftovers::add);
        undisturbed.changed().stream()
                .filter(line -> !changed.contains(line))
                .forEach(line -> leftovers.add("not there: " + line));
        return new KillOutcome(rows, List.copyOf(leftovers));
    }

    /** Whoever has locked and copied, its result tells of both. */
    private static List<String> result(String lockAndCopy) {
        return lockAndCopy.contains("PT0S") ? List.of("the result forgot a lock or a copy: " + lockAndCopy) : List.of();
    }

    /** In this process. */
    KillOutcome abandon(KillAttempt attempt) throws Exception {
        List<String> leftovers = new ArrayList<>();
        try (Sluice sluice = attempt.sluice(new ConcurrentLinkedQueue<>())) {
            RunResult result = sluice.abandon(attempt.run());
            leftovers.addAll(result.left());
        }
        leftovers.addAll(attempt.held());
        attempt.stopWriting();
        leftovers.addAll(attempt.notAsBefore());
        leftovers.addAll(attempt.secrets());
        return new KillOutcome(new RowBalance(0, 0), List.copyOf(leftovers));
    }
}
