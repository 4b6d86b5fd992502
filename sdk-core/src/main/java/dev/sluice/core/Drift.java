// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core;

import dev.sluice.api.compiled.CompiledPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What differs between two compilations of one plan, for people. */
final class Drift {
    private static final int MOST = 6;

    private Drift() {}

    static String between(CompiledPlan before, CompiledPlan now) {
        List<String> gone = lines(before);
        List<String> come = lines(now);
        List<String> stays = new ArrayList<>(gone);
        stays.retainAll(come);
        gone.removeAll(stays);
        come.removeAll(stays);
        return "no longer " + some(gone) + ", but now " + some(come);
    }

    private static List<String> lines(CompiledPlan compiled) {
        return compiled.explain()
                .text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("Fingerprint:"))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String some(List<String> lines) {
        return lines.isEmpty() ? "nothing" : lines.stream().limit(MOST).collect(Collectors.joining(" | ", "[", "]"));
    }
}
