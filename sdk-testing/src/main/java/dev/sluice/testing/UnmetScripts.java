// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.plan.GuideStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What scripts of a row were never met, beside the calls of that row that there were: who reads it wants to know which row they meant.
 *
 * @param row the row of the scripts
 * @param unmet its scripts that were not met, as the test wrote them
 * @param all every call of the mock, in order
 */
record UnmetScripts(GuideStep row, List<String> unmet, List<MockCall> all) {
    /** A run that waits looks again and again. */
    private static final int MOST_CALLS = 5;

    List<String> lines() {
        String calls = calls();
        return unmet.stream()
                .map(script -> "on(" + row + ")." + script + ": " + calls)
                .toList();
    }

    private String calls() {
        List<MockCall> ofRow = all.stream().filter(call -> call.row() == row).toList();
        if (!ofRow.isEmpty()) {
            return "calls of " + row + " were " + shortened(ofRow.stream().map(MockCall::toString));
        }
        return "there was no call of " + row
                + (all.isEmpty() ? ", nor of any other row" : ", only of " + shortened(rows()));
    }

    private Stream<String> rows() {
        return all.stream().map(MockCall::row).distinct().map(GuideStep::name);
    }

    private static String shortened(Stream<String> parts) {
        List<String> each = new ArrayList<>(parts.toList());
        int more = each.size() - MOST_CALLS;
        return each.stream().limit(MOST_CALLS).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
