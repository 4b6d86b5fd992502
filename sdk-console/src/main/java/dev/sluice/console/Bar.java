// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import java.util.ArrayList;
import java.util.List;

/**
 * One line with a bar. What does not fit into the line is left out, the least important first, so that a narrow window shows less and never wraps.
 *
 * @param label what it is about
 * @param percent of the whole, 0 to 100
 * @param details the most important first
 */
record Bar(String label, int percent, List<String> details) {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 30;

    Bar {
        details = List.copyOf(details);
    }

    /** All of them in lines of at most so many columns, one below the other. */
    static List<String> lines(List<Bar> bars, int columns) {
        int widest = bars.stream().mapToInt(bar -> bar.label.length()).max().orElse(0);
        int label = Math.min(widest, columns / 3);
        int length = Math.min(LONGEST, Math.max(SHORTEST, columns / 5));
        List<String> lines = new ArrayList<>();
        bars.forEach(bar -> lines.add(bar.line(label, length, columns)));
        return lines;
    }

    private String line(int labelWidth, int length, int columns) {
        String name = Printable.shortened(label, labelWidth);
        StringBuilder line = new StringBuilder(name).append(" ".repeat(Math.max(0, labelWidth - name.length())));
        int full = length * percent / 100;
        line.append(" [").append("=".repeat(full)).append(full < length ? ">" : "");
        line.append(" ".repeat(Math.max(0, length - full - 1))).append("] ");
        String share = percent + "%";
        line.append(" ".repeat(4 - share.length())).append(share);
        for (String detail : details) {
            String plain = Printable.line(detail);
            if (line.length() + 2 + plain.length() < columns) {
                line.append("  ").append(plain);
            }
        }
        return line.toString();
    }
}
