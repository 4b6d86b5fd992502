// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * A value over time, as a line that breaks where the value is not known. Its words stand outside the drawing, so that they are as large on a phone
 * as the rest of the page.
 *
 * @param caption what it shows
 * @param unit how a value is told
 * @param points in order of their times
 */
record LineChart(String caption, DoubleFunction<String> unit, List<Point> points) {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 200;

    /**
     * One value.
     *
     * @param at when
     * @param value empty if it was not known
     */
    record Point(Instant at, OptionalDouble value) {}

    void draw(Html html) {
        html.open("figure").element("figcaption", caption + ", at most " + unit.apply(top()));
        html.open("div", "class", "plot");
        html.element("span", unit.apply(top()), "class", "most", "aria-hidden", "true");
        html.verbatim(svg());
        html.close();
        html.open("div", "class", "axis", "aria-hidden", "true");
        html.element("span", Shown.time(first())).element("span", Shown.time(last()));
        html.close().close();
    }

    private String svg() {
        return String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s\"><path d=\"%s\"/></svg>",
                WIDTH,
                HEIGHT,
                "Line from " + Shown.time(first()) + " to " + Shown.time(last()),
                path());
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        boolean isDown = false;
        for (Point point : points) {
            if (point.value().isEmpty()) {
                isDown = false;
                continue;
            }
            path.append(isDown ? 'L' : 'M')
                    .append(x(point.at()))
                    .append(' ')
                    .append(y(point.value().getAsDouble()));
            isDown = true;
        }
        return path.toString();
    }

    private long x(Instant at) {
        long whole = Math.max(1, Duration.between(first(), last()).toMillis());
        return Math.round((double) WIDTH * Duration.between(first(), at).toMillis() / whole);
    }

    private long y(double value) {
        return HEIGHT - Math.round((HEIGHT - 4) * value / Math.max(top(), 1e-9)) - 2;
    }

    private double top() {
        return points.stream()
                .map(Point::value)
                .flatMapToDouble(OptionalDouble::stream)
                .max()
                .orElse(0);
    }

    private Instant first() {
        return points.get(0).at();
    }

    private Instant last() {
        return points.get(points.size() - 1).at();
    }
}
