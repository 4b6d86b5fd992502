// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement as a general log holds it, and what it can do. What is not known to be harmless is a change. */
record LoggedStatement(String text) {
    private static final Pattern COMMENT = Pattern.compile("^/\\*(?!!).*?\\*/\\s*", Pattern.DOTALL);
    private static final Pattern EXECUTED_COMMENT = Pattern.compile("^/\\*!\\d*\\s*(.*?)\\s*\\*/$", Pattern.DOTALL);

    private static final Pattern READ = pattern("(SELECT|SHOW|EXPLAIN)\\b.*|XA RECOVER( CONVERT XID)?");
    private static final Pattern READ_THAT_DOES_MORE = Pattern.compile(
            "\\b(INTO\\s+(OUTFILE|DUMPFILE)|FOR\\s+(UPDATE|SHARE)|LOCK\\s+IN\\s+SHARE|SLEEP\\s*\\(|BENCHMARK\\s*\\("
                    + "|RELEASE_ALL_LOCKS|GET_LOCK\\s*\\((?!'dev\\.sluice\\.(replica', 2|logs\\.\\d(\\.\\w+)?', 0)\\)))",
            Pattern.CASE_INSENSITIVE);

    private static final String VALUE = "('([^'\\\\]|'')*'|[-+0-9A-Za-z_.@]+)";
    private static final String ASSIGNMENT =
            "(NAMES '?\\w+'?( COLLATE '?\\w+'?)?|(SESSION (?!TRANSACTION)|@@SESSION\\.|@@(?!\\w+\\.)|@)?(?!PASSWORD\\b)\\w+\\s*:?=\\s*"
                    + VALUE + ")";
    private static final Pattern OWN_SESSION = pattern("SET " + ASSIGNMENT + "(\\s*,\\s*" + ASSIGNMENT + ")*"
            + "|SET (SESSION )?TRANSACTION ISOLATION LEVEL (REPEATABLE READ|READ COMMITTED)(, READ ONLY)?"
            + "|SET ROLE ALL|USE \\S.*|BEGIN|COMMIT|ROLLBACK|SAVEPOINT \\w+|(ROLLBACK TO|RELEASE) SAVEPOINT \\w+"
            + "|START TRANSACTION( (WITH CONSISTENT SNAPSHOT|READ ONLY|,)[A-Z, ]*)?");
    private static final Pattern GLOBAL_SET = Pattern.compile(
            "^SET\\b(.*,)?\\s*((GLOBAL|PERSIST|PERSIST_ONLY)\\s|@@(GLOBAL|PERSIST|PERSIST_ONLY)\\.).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SECRET = Pattern.compile(
            "(IDENTIFIED\\s+(WITH\\s+\\S+\\s+)?(BY|AS)(\\s+PASSWORD)?|PASSWORD\\s*=|PASSWORD\\s*\\()\\s*'(?!<secret>')",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern STRING = Pattern.compile("'([^'\\\\]|''|\\\\.)*'", Pattern.DOTALL);

    /** What a statement can do. */
    enum Kind {
        /** Nothing. */
        READ,
        /** Something to its own session, which nobody else notices. */
        OWN_SESSION,
        /** Anything else. */
        CHANGE
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** Without the comments before it, and without the one around it that servers execute. */
    String bare() {
        String rest = COMMENT.matcher(text.strip()).replaceFirst("");
        Matcher executed = EXECUTED_COMMENT.matcher(rest);
        return executed.matches() ? executed.group(1) : rest;
    }

    Kind kind() {
        String bare = bare();
        // What stands in quotes is no keyword.
        String words = STRING.matcher(bare).replaceAll("''");
        if (READ.matcher(bare).matches()
                && !READ_THAT_DOES_MORE.matcher(withLockName(bare, words)).find()) {
            return Kind.READ;
        }
        return OWN_SESSION.matcher(bare).matches() ? Kind.OWN_SESSION : Kind.CHANGE;
    }

    private static String withLockName(String bare, String words) {
        return bare.matches("SELECT GET_LOCK\\('dev\\.sluice\\.(replica', 2|logs\\.\\d(\\.\\w+)?', 0)\\)")
                ? bare
                : words;
    }

    /** Whether it sets something for others than its own session, among other things perhaps. */
    boolean setsGlobally() {
        return GLOBAL_SET.matcher(STRING.matcher(bare()).replaceAll("''")).matches();
    }

    /** Whether it shows a password, or what can be tried against one. */
    boolean showsSecret() {
        return SECRET.matcher(text).find();
    }

    /** The session that it ends, or -1. */
    long kills() {
        Matcher kill = Pattern.compile("KILL (?:CONNECTION |QUERY )?(\\d+)", Pattern.CASE_INSENSITIVE)
                .matcher(bare());
        return kill.matches() ? Long.parseLong(kill.group(1)) : -1;
    }
}
