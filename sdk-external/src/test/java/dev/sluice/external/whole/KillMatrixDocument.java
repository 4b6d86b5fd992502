// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kill matrix as a page: step, moment, outcome.
 *
 * @param undisturbed the run that was killed
 * @param outcomes of all points
 * @param longestPause that the application had to make, over all points
 */
record KillMatrixDocument(Undisturbed undisturbed, Map<MatrixPoint, KillOutcome> outcomes, Duration longestPause) {
    private static final String TITLE = """
            # Kill matrix

            Written by `./check --kill-matrix`. The whole plan (MySQL 8.0 to 8.0, GTID, raised retention, an application that writes all the time) runs in
            a process of its own, which is killed by SIGKILL at each of these moments; another process resumes the run, or abandons it. Afterwards
            every table is compared row by row, and both servers are searched for what should not be there: sessions, locks, read-only,
            settings, accounts, objects, filters.

            *clean* means that after the resumed run no row is lost or doubled and the servers differ from before by exactly what an undisturbed run
            changes; after the abandonment by nothing at all. *Not reached*: the first run had tried something once more, and no other came to that record.

            """;

    List<String> lines() {
        List<String> lines = new ArrayList<>(TITLE.lines().toList());
        lines.add("The application on the source was never held up for longer than " + longestPause.toMillis()
                + " ms, by locks and by all else that this machine had to do.");
        lines.add("");
        lines.add("## At each record of the journal");
        lines.add("");
        lines.add("An operation's effect comes between its `OperationOpened` and its `OperationClosed`.");
        lines.add("");
        lines.add("| step | record | before it | after it |");
        lines.add("|---|---|---|---|");
        lines.addAll(records());
        lines.add("");
        lines.add("## At random moments");
        lines.add("");
        lines.add("Each is repeated by its seed: `./check --kill-matrix resume/random/<seed>`.");
        lines.add("");
        lines.add("| seed | moment | resumed | abandoned |");
        lines.add("|---|---|---|---|");
        lines.addAll(randoms());
        return lines;
    }

    private List<String> records() {
        List<String> rows = new ArrayList<>();
        String step = "";
        for (int number = 1; number <= undisturbed.records().size(); number++) {
            String what = undisturbed.records().get(number - 1);
            step = what.startsWith("StepOpened ") ? what.substring("StepOpened ".length()) : step;
            rows.add("| " + step + " | " + number + " "
                    + what.replace(step + "/", "").replace(" " + step, "") + " | " + at(number, false) + " | "
                    + at(number, true) + " |");
            step = what.startsWith("StepClosed ") ? "" : step;
        }
        return rows;
    }

    private String at(int number, boolean isAfter) {
        List<String> all = outcomes.entrySet().stream()
                .filter(each -> each.getKey().moment() instanceof KillMoment.AtRecord record
                        && record.point().record() == number
                        && record.point().isAfter() == isAfter)
                .map(each -> (each.getKey().isAbandoned() ? "abandoned: " : "resumed: ") + text(each.getValue()))
                .toList();
        return all.isEmpty() ? "–" : String.join("; ", all);
    }

    private List<String> randoms() {
        Map<Long, KillMoment.AtRandom> moments = new LinkedHashMap<>();
        outcomes.keySet().stream()
                .flatMap(point ->
                        point.moment() instanceof KillMoment.AtRandom random ? Stream.of(random) : Stream.empty())
                .forEach(random -> moments.putIfAbsent(random.seed(), random));
        return moments.values().stream()
                .map(random -> "| " + random.seed() + " | " + random.where() + " | " + of(random, false) + " | "
                        + of(random, true) + " |")
                .toList();
    }

    private String of(KillMoment moment, boolean isAbandoned) {
        return Optional.ofNullable(outcomes.get(new MatrixPoint(moment, isAbandoned)))
                .map(KillMatrixDocument::text)
                .orElse("–");
    }

    /** What went wrong may hold names of the machine, which belong in the output only. */
    private static String text(KillOutcome outcome) {
        if (outcome.equals(KillOutcome.NOT_REACHED)) {
            return "not reached";
        }
        return outcome.isClean() ? "clean" : "**not clean**";
    }
}
