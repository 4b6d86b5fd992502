// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import java.util.List;
import java.util.function.Consumer;

/**
 * The last lines of a terminal, kept out of what scrolls. Whatever others print goes on where the cursor is, above these lines, also in the middle of
 * a line; each change is handed out as one text, to be written by one call, so that nothing of others can come between. Uses what every terminal
 * since the VT100 knows. Not thread-safe.
 */
final class BottomArea {
    private static final String ESC = "\u001b";
    private static final String SAVE = ESC + "7";
    private static final String RESTORE = ESC + "8";
    private static final String NO_WRAP = ESC + "[?7l";
    private static final String WRAP = ESC + "[?7h";
    private static final String WHOLE_WINDOW = ESC + "[r";
    private static final String CLEAR_LINE = ESC + "[2K";
    private static final String CLEAR_BELOW = ESC + "[J";
    /** Down by a line, scrolling at the bottom, in the same column: nobody's unfinished line is lost. */
    private static final String INDEX = ESC + "D";

    private final Consumer<String> out;
    private TerminalSize size = TerminalSize.LEAST;
    private int height;

    BottomArea(Consumer<String> out) {
        this.out = out;
    }

    boolean isShown() {
        return height > 0;
    }

    /**
     * Shows these lines, which fit into the window. Room that was taken is kept until there is a single line, so that what is above does not move all
     * the time.
     */
    void show(List<String> lines, TerminalSize now) {
        StringBuilder frame = new StringBuilder();
        if (isShown() && !size.equals(now)) {
            forget(frame);
        }
        size = now;
        int wanted = lines.size() <= 1 ? lines.size() : Math.max(height, lines.size());
        if (wanted != height) {
            release(frame);
            reserve(frame, wanted);
        }
        draw(frame, lines);
        if (frame.length() > 0) {
            out.accept(frame.toString());
        }
    }

    /** Gives the room back; what is printed next stands right after what was printed last. */
    void end() {
        if (isShown()) {
            StringBuilder frame = new StringBuilder();
            release(frame);
            out.accept(frame.toString());
        }
    }

    /** A window of another size has moved the lines somewhere: all that is below the cursor was theirs. */
    private void forget(StringBuilder frame) {
        frame.append(SAVE).append(WHOLE_WINDOW).append(RESTORE).append(CLEAR_BELOW);
        height = 0;
    }

    private void reserve(StringBuilder frame, int wanted) {
        if (wanted > 0) {
            frame.append(INDEX.repeat(wanted)).append(ESC + "[").append(wanted).append('A');
            frame.append(SAVE)
                    .append(ESC + "[1;")
                    .append(size.rows() - wanted)
                    .append('r')
                    .append(RESTORE);
        }
        height = wanted;
    }

    private void release(StringBuilder frame) {
        if (isShown()) {
            frame.append(SAVE).append(WHOLE_WINDOW);
            for (int line = 0; line < height; line++) {
                at(frame, line);
            }
            frame.append(RESTORE);
        }
        height = 0;
    }

    private void draw(StringBuilder frame, List<String> lines) {
        if (!isShown()) {
            return;
        }
        frame.append(SAVE).append(ESC + "[0m").append(NO_WRAP);
        for (int line = 0; line < height; line++) {
            at(frame, line).append(line < lines.size() ? lines.get(line) : "");
        }
        frame.append(WRAP).append(RESTORE);
    }

    private StringBuilder at(StringBuilder frame, int line) {
        return frame.append(ESC + "[")
                .append(size.rows() - height + 1 + line)
                .append(";1H")
                .append(CLEAR_LINE);
    }
}
