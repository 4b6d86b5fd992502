// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.document.Document;
import dev.sluice.report.Html.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The steps as bars on the run's time, each with its words beside it. */
final class Timeline {
    private final String caption;
    private final List<Document> steps;
    private final Instant began;
    private final Instant ended;

    Timeline(String caption, List<Document> steps, Instant began, Instant ended) {
        this.caption = caption;
        this.steps = steps;
        this.began = began;
        this.ended = ended;
    }

    void draw(Html html) {
        html.beginTable(
                caption, Column.words("Step"), Column.words("When"), Column.figures("Took"), Column.words("Outcome"));
        steps.forEach(step -> row(html, step));
        html.endTable();
    }

    private void row(Html html, Document step) {
        String outcome = step.findText("outcome").orElse("NOT_ENDED");
        html.open("tr").element("th", step.text("title"), "scope", "row");
        html.open("td", "class", "bars");
        html.element("div", "", "class", "bar " + outcome.toLowerCase(Locale.ROOT), "style", place(step));
        html.close();
        html.element("td", step.has("tookMillis") ? Shown.millis(step.number("tookMillis")) : "", "class", "number");
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
