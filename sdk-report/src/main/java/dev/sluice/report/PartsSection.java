// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import java.util.List;

/** Which process has driven the run from when to when, and what nobody can tell any more. */
final class PartsSection {
    private final Html html;

    PartsSection(Html html) {
        this.html = html;
    }

    /** Nothing, if one process has done all. */
    void draw(List<Part> parts) {
        boolean beginningIsKnown = !parts.stream().allMatch(Part::isResumed);
        if (parts.size() == 1 && beginningIsKnown) {
            return;
        }
        html.open("section").element("h2", "Parts of the run");
        if (!beginningIsKnown) {
            html.element(
                    "p",
                    "What was done before is not told here: the process that had begun the run was killed before it could write, or has written"
                            + " elsewhere.",
                    "class",
                    "problem");
        }
        html.open("ul", "class", "findings");
        parts.forEach(part -> html.element("li", part.title() + ": " + from(part) + ", " + how(part)));
        html.close().close();
    }

    private static String from(Part part) {
        String from = part.began().map(at -> "from " + Shown.time(at)).orElse("not begun");
        return from + part.ended().map(at -> " to " + Shown.time(at)).orElse("");
    }

    private static String how(Part part) {
        return part.result().map(PartsSection::ended).orElseGet(() -> notEnded(part));
    }

    private static String ended(Document result) {
        String why = result.findDocument("problem")
                .map(problem -> " (" + problem.text("code") + ": " + problem.text("what") + ")")
                .orElse("");
        return Shown.words(result.text("state")) + why;
    }

    private static String notEnded(Part part) {
        return part.isLast()
                ? "under way when this was written"
                : "without an end: the process was killed, or could not write, and what it did later is not told here";
    }
}
