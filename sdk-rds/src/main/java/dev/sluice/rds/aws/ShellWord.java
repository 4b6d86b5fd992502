// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import java.util.regex.Pattern;

/** Words of the commands that people are shown, whatever they hold: some of them are told by servers. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/@%+=-]+");

    private ShellWord() {}

    /** One word of a POSIX shell, quoted where it has to be. */
    static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    /** The same, always quoted. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
