// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal that this process's standard output ends at, asked by the programs of POSIX: Java itself does not tell its size. */
final class Terminal {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");
    private static final long PATIENCE_SECONDS = 2;

    private Terminal() {}

    /** Whether bars are wanted and can be drawn: a terminal that moves its cursor, and nobody who says otherwise. */
    static boolean takesBars(Map<String, String> environment) {
        return wantsBars(environment) && isStandardOutput() && size().isPresent();
    }

    /** What the environment says: servers that build set CI, and NO_COLOR asks programs to print nothing but text. */
    static boolean wantsBars(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "");
        String ci = environment.getOrDefault("CI", "");
        return !kind.isEmpty()
                && !kind.equals("dumb")
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && (ci.isEmpty() || ci.equals("false"));
    }

    private static boolean isStandardOutput() {
        return ask(new ProcessBuilder("test", "-t", "1").redirectOutput(Redirect.INHERIT))
                .isPresent();
    }

    /** How large the window is now; empty if nobody can tell. */
    static Optional<TerminalSize> size() {
        return ask(new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")))
                .flatMap(Terminal::parse);
    }

    static Optional<TerminalSize> parse(String said) {
        Matcher matcher = SIZE.matcher(said);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int rows = Integer.parseInt(matcher.group(1));
        int columns = Integer.parseInt(matcher.group(2));
        // Serial lines have no size until somebody sets it.
        return rows == 0 || columns == 0 ? Optional.empty() : Optional.of(new TerminalSize(columns, rows));
    }

    /** What a program prints, if there is one and it succeeds. */
    private static Optional<String> ask(ProcessBuilder program) {
        try {
            Process process = program.redirectError(Redirect.DISCARD).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException noSuchProgram) {
            // As on Windows, and where there is no terminal at all: then lines are printed.
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
