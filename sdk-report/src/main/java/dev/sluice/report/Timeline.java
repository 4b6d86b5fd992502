// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.report.Html.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The steps of a part as bars on its time, each with its words beside it, which lead to what was done. */
final class Timeline {
    private final Part part;
    private final Instant began;
    private final Instant ended;

    /** Of a part that has steps. */
    Timeline(Part part) {
        this.part = part;
        Instant first = Instant.parse(part.steps().get(0).text("began"));
        this.began = part.began().orElse(first);
        this.ended = part.ended().orElse(first);
    }

    void draw(Html html) {
        html.beginTable(
                part.caption("Steps over time"),
                Column.words("Step"),
                Column.words("When"),
                Column.figures("Took"),
                Column.words("Outcome"));
        List<Document> steps = part.steps();
        for (int i = 0; i < steps.size(); i++) {
            row(html, steps.get(i), part.anchor(i));
        }
        html.endTable();
    }

    private void row(Html html, Document step, String anchor) {
        String outcome = step.findText("outcome").orElse("NOT_ENDED");
        html.open("tr").open("th", "scope", "row");
        html.element("a", step.text("title"), "href", "#" + anchor).close();
        html.open("td", "class", "bars");
        html.element("div", "", "class", "bar " + outcome.toLowerCase(Locale.ROOT), "style", place(step));
        html.close();
        html.number(step.has("tookMillis") ? Shown.millis(step.number("tookMillis")) : "");
        html.element("td", Shown.words(outcome));
        html.close();
    }

    private String place(Document step) {
        Instant from = Instant.parse(step.text("began"));
        Instant to = step.findText("ended").map(Instant::parse).orElse(ended);
        return String.format(
                Locale.ROOT, "margin-left:%.2f%%;width:%.2f%%", share(began, from), Math.max(0.4, share(from, to)));
    }

    private double share(Instant from, Instant to) {
        long whole = Math.max(1, Duration.between(began, ended).toMillis());
        return 100.0 * Math.max(0, Duration.between(from, to).toMillis()) / whole;
    }
}
