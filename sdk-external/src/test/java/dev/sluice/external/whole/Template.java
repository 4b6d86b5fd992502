// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A statement as a preview shows it: what stands in angle brackets stands for anything. */
record Template(String preview) {
    private static final Pattern CHANGE_SOURCE =
            Pattern.compile("(CHANGE (?:MASTER|REPLICATION SOURCE) TO )(.*?)( FOR CHANNEL .*)?", Pattern.DOTALL);
    private static final Pattern HOLE = Pattern.compile("<[^<>]+>");

    boolean matches(String statement) {
        return pattern().matcher(inOneOrder(statement)).matches();
    }

    /** Servers write passwords and their hashes in their own way. */
    private Pattern pattern() {
        String ordered = inOneOrder(preview);
        String quoted =
                HOLE.splitAsStream(ordered).map(text -> Pattern.quote(text)).collect(Collectors.joining("(?s:.*)"));
        return Pattern.compile(
                quoted.replace("BY ", "\\E(?:WITH '[a-z0-9_]+' )?(?:BY|AS) \\Q")
                        + (ordered.endsWith(">") ? "(?s:.*)" : ""),
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** The server writes the options of a CHANGE into its log in an order of its own. */
    private static String inOneOrder(String statement) {
        Matcher change = CHANGE_SOURCE.matcher(statement);
        return change.matches()
                ? change.group(1)
                        + Stream.of(change.group(2).split(", ")).sorted().collect(Collectors.joining(", "))
                        + (change.group(3) == null ? "" : change.group(3))
                : statement;
    }
}
