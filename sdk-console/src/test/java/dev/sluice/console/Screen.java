// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A terminal as those of today behave, for the few control sequences that bars may use; any other is refused. */
final class Screen {
    private static final Pattern SEQUENCE = Pattern.compile("\u001b(?:([78D])|\\[(\\??[0-9;]*)([A-Za-z]))");

    private final List<String> history = new ArrayList<>();
    private final List<StringBuilder> lines = new ArrayList<>();
    private int columns;
    private int top;
    private int bottom;
    private int row;
    private int column;
    private int savedRow;
    private int savedColumn;
    private boolean wraps = true;

    Screen(int columns, int rows) {
        this.columns = columns;
        for (int i = 0; i < rows; i++) {
            lines.add(new StringBuilder());
        }
        resetMargins();
    }

    TerminalSize size() {
        return new TerminalSize(columns, lines.size());
    }

    void write(String text) {
        for (int i = 0; i < text.length(); ) {
            char each = text.charAt(i);
            if (each == '\u001b') {
                Matcher sequence = SEQUENCE.matcher(text).region(i, text.length());
                if (!sequence.lookingAt()) {
                    throw new AssertionError("A broken sequence: " + text.substring(i));
                }
                obey(sequence);
                i = sequence.end();
            } else {
                put(each);
                i++;
            }
        }
    }

    private void put(char each) {
        if (each == '\n') {
            column = 0;
            index();
        } else {
            if (column >= columns && wraps) {
                column = 0;
                index();
            }
            int at = Math.min(column, columns - 1);
            StringBuilder line = lines.get(row);
            line.append(" ".repeat(Math.max(0, at + 1 - line.length())));
            line.setCharAt(at, each);
            column = at + 1;
        }
    }

    private void index() {
        if (row == bottom) {
            String gone = lines.remove(top).toString();
            if (top == 0) {
                history.add(gone);
            }
            lines.add(bottom, new StringBuilder());
        } else if (row < lines.size() - 1) {
            row++;
        }
    }

    private void obey(Matcher sequence) {
        if (sequence.group(1) != null) {
            obey(sequence.group(1).charAt(0));
            return;
        }
        String parameters = sequence.group(2);
        switch (sequence.group(3)) {
            case "A" -> row = Math.max(row >= top ? top : 0, row - number(parameters, 0, 1));
            case "H" -> moveTo(number(parameters, 0, 1) - 1, number(parameters, 1, 1) - 1);
            case "J" -> clearBelow();
            case "K" -> lines.get(row).setLength(0);
            case "r" -> margins(parameters);
            case "l", "h" -> wraps = sequence.group(3).equals("h");
            case "m" -> {}
            default -> throw new AssertionError("Not every terminal knows this: " + sequence.group());
        }
    }

    private void obey(char what) {
        switch (what) {
            case '7' -> {
                savedRow = row;
                savedColumn = column;
            }
            case '8' -> moveTo(savedRow, savedColumn);
            default -> index();
        }
    }

    private void moveTo(int newRow, int newColumn) {
        row = Math.min(lines.size() - 1, newRow);
        column = Math.min(columns, newColumn);
    }

    private void clearBelow() {
        StringBuilder line = lines.get(row);
        line.setLength(Math.min(line.length(), column));
        lines.subList(row + 1, lines.size()).forEach(below -> below.setLength(0));
    }

    private void margins(String parameters) {
        top = number(parameters, 0, 1) - 1;
        bottom = number(parameters, 1, lines.size()) - 1;
        moveTo(0, 0);
    }

    private static int number(String parameters, int index, int otherwise) {
        String[] all = parameters.split(";");
        return index < all.length && !all[index].isEmpty() ? Integer.parseInt(all[index]) : otherwise;
    }

    /** As tmux and xterm do: what is below the cursor goes first, then what is on top; the margins are forgotten. */
    void resize(int newColumns, int newRows) {
        columns = newColumns;
        while (lines.size() > newRows) {
            if (row < lines.size() - 1) {
                lines.remove(lines.size() - 1);
            } else {
                history.add(lines.remove(0).toString());
                row--;
            }
        }
        while (lines.size() < newRows) {
            lines.add(new StringBuilder());
        }
        resetMargins();
    }

    private void resetMargins() {
        top = 0;
        bottom = lines.size() - 1;
    }

    /** What the window shows, from top to bottom. */
    List<String> shown() {
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    /** Everything that was ever printed, what has scrolled away first. */
    List<String> all() {
        return Stream.concat(history.stream(), shown().stream())
                .map(String::stripTrailing)
                .toList();
    }
}
