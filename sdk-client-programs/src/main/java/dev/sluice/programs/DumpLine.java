// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Tells lines of a dump apart by how they begin. {@code mysqldump} begins a line with each statement and writes no raw line's end
 * into values. Between two DELIMITER lines stand bodies of routines and triggers, whose lines may begin like anything.
 */
final class DumpLine {
    private static final String ROWS = "INSERT INTO `";
    private static final String USE = "USE `";
    private static final String BODY = "DELIMITER ;;";
    private static final String BODY_END = "DELIMITER ;";

    /** What a byte belongs to. */
    enum Part {
        /** Nothing that is counted. */
        OTHER,
        /** A database is chosen; this is the last byte of the line. */
        DATABASE,
        /** The last byte of the table's name. */
        ROWS_BEGIN,
        /** What follows the table's name. */
        ROWS
    }

    /** What the line is, as far as it is known. */
    private enum Kind {
        UNKNOWN,
        NAME,
        ROWS,
        SKIPPED
    }

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private Kind kind = Kind.UNKNOWN;
    private boolean inBody;
    private String name = "";

    /** The database or the table that was begun last. */
    String name() {
        return name;
    }

    Part take(byte b) {
        if (b == '\n') {
            return end();
        }
        return switch (kind) {
            case UNKNOWN -> learn(b);
            case NAME -> name(b);
            case ROWS -> Part.ROWS;
            case SKIPPED -> Part.OTHER;
        };
    }

    private Part end() {
        String text = kind == Kind.UNKNOWN ? text() : "";
        kind = Kind.UNKNOWN;
        head.reset();
        if (text.startsWith("DELIMITER ")) {
            inBody = text.equals(BODY) || (inBody && !text.equals(BODY_END));
        }
        int quote = text.lastIndexOf('`');
        if (inBody || !text.startsWith(USE) || quote < USE.length()) {
            return Part.OTHER;
        }
        name = unquoted(text.substring(USE.length(), quote));
        return Part.DATABASE;
    }

    /** Lines of interest are told by their first bytes; of others nothing is kept. */
    private Part learn(byte b) {
        head.write(b);
        int length = head.size();
        if (length == ROWS.length()) {
            String text = text();
            if (text.equals(ROWS) && !inBody) {
                kind = Kind.NAME;
                head.reset();
            } else if (!text.startsWith(USE)) {
                kind = Kind.SKIPPED;
            }
        }
        return Part.OTHER;
    }

    /** A backtick in a name is doubled, and a blank follows the last one. */
    private Part name(byte b) {
        head.write(b);
        String text = b == ' ' ? text() : "";
        if (!text.endsWith("` ") || isOpen(text)) {
            return Part.OTHER;
        }
        name = unquoted(text.substring(0, text.length() - 2));
        head.reset();
        kind = Kind.ROWS;
        return Part.ROWS_BEGIN;
    }

    private static boolean isOpen(String text) {
        return text.chars().filter(c -> c == '`').count() % 2 == 0;
    }

    private static String unquoted(String quoted) {
        return quoted.replace("``", "`");
    }

    private String text() {
        return head.toString(StandardCharsets.UTF_8);
    }
}
