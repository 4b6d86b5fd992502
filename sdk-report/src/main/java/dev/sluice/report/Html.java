// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** HTML that is well-formed, whatever the texts in it are: the one place where they are escaped. Not thread-safe. */
final class Html {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element. Attributes are names and values in turn. */
    Html open(String name, String... attributes) {
        start(name, attributes);
        open.push(name);
        return this;
    }

    private void start(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        out.append('>');
    }

    /** Ends the element that was begun last. */
    Html close() {
        out.append("</").append(open.pop()).append(">");
        if (open.size() < 5) {
            out.append('\n');
        }
        return this;
    }

    /** Text inside the element that is open. */
    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** A whole element with a text. */
    Html element(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close();
    }

    /** A cell of a table with a figure. */
    Html number(String figure) {
        return element("td", figure, "class", "number");
    }

    /** An element that has no end. */
    Html empty(String name, String... attributes) {
        start(name, attributes);
        return this;
    }

    /** Text of our own that is already HTML, such as style sheets. */
    Html verbatim(String html) {
        out.append(html);
        return this;
    }

    /** The head of a column: words stand on the left, figures on the right. */
    record Column(String name, String style) {
        static Column words(String name) {
            return new Column(name, "words");
        }

        static Column figures(String name) {
            return new Column(name, "number");
        }
    }

    /** A table that scrolls by itself where the screen is narrow; rows are added by the caller, then both are {@link #endTable closed}. */
    Html beginTable(String caption, Column... columns) {
        open("div", "class", "scroll", "role", "region", "aria-label", caption, "tabindex", "0");
        open("table").element("caption", caption);
        open("thead").open("tr");
        for (Column column : columns) {
            element("th", column.name(), "scope", "col", "class", column.style());
        }
        return close().close().open("tbody");
    }

    /** See {@link #beginTable}. */
    Html endTable() {
        return close().close().close();
    }

    String done() {
        while (!open.isEmpty()) {
            close();
        }
        return out.toString();
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isShown(point) ? point : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /** Control characters and halves of surrogate pairs are no HTML. */
    private static boolean isShown(int point) {
        boolean isControl = Character.isISOControl(point) && point != '\n' && point != '\t';
        return !isControl && Character.getType(point) != Character.SURROGATE;
    }
}
