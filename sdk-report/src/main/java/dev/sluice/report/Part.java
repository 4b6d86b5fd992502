// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one process has told of a run that several have driven.
 *
 * @param told its steps, copy, lag, notes, and what it came to
 * @param number from 1
 * @param of how many parts there are
 */
record Part(Document told, int number, int of) {
    private static final Set<String> OF_THE_RUN = Set.of("report", "run", "plan", "earlier");

    /** In order; the last is of the process that has written the report. */
    static List<Part> allOf(Document report) {
        List<Document> told = documentsOf(report);
        List<Part> parts = new ArrayList<>();
        told.forEach(one -> parts.add(new Part(one, parts.size() + 1, told.size())));
        return parts;
    }

    /** The same report with what another one of this run tells before it. A part that both have is told as the first has it. */
    static Document join(Document report, Document found) {
        Optional<String> own = report.findText("part");
        return report.withAll(
                "earlier",
                documentsOf(found).stream()
                        .filter(part -> !part.findText("part").equals(own))
                        .toList());
    }

    private static List<Document> documentsOf(Document report) {
        List<Document> all = new ArrayList<>(report.list("earlier", part -> part));
        Map<String, Object> own = new LinkedHashMap<>(report.values());
        own.keySet().removeAll(OF_THE_RUN);
        all.add(Document.of(own));
        return all;
    }

    boolean isOnly() {
        return of == 1;
    }

    boolean isLast() {
        return number == of;
    }

    String title() {
        return "Part " + number + " of " + of;
    }

    /** A caption that is not that of another part. */
    String caption(String caption) {
        return isOnly() ? caption : caption + ", part " + number;
    }

    /** Where the page tells what was done in a step of this part, the first being 0. */
    String anchor(int step) {
        return "step-" + number + "-" + (step + 1);
    }

    /** Whether somebody had begun the run before. */
    boolean isResumed() {
        return told.has("resumed") && told.truth("resumed");
    }

    Optional<Instant> began() {
        return told.findText("began").map(Instant::parse);
    }

    Optional<Instant> ended() {
        return told.findText("ended").map(Instant::parse);
    }

    Optional<Document> result() {
        return told.findDocument("result");
    }

    List<Document> steps() {
        return told.list("steps", step -> step);
    }

    List<Document> notes() {
        return told.list("notes", note -> note);
    }

    /** Whether what had been copied before was dropped in this part. */
    boolean copyStartedOver() {
        return notes().stream().anyMatch(note -> note.text("kind").equals("COPY_STARTS_OVER"));
    }
}
