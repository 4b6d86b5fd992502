// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.plan.TableName;
import java.util.regex.Pattern;

/**
 * Writes names and values into statements. This is the one place that does: whatever a name or a value holds, it stays a name or
 * a value. Thread-safe: no state.
 *
 * <p>Identifiers are in backticks, which mean the same under every {@code sql_mode}. A literal is in single quotes with quotes
 * and backslashes doubled. Under {@code NO_BACKSLASH_ESCAPES} such a literal still ends where it should, so that nothing can
 * break out of it, but a backslash in it would count twice; sessions of the toolkit set an {@code sql_mode} without it. The
 * grammar has no spelling for literals that serves both modes: hexadecimal ones are not allowed in {@code CREATE USER} or
 * {@code CHANGE REPLICATION SOURCE TO}.
 */
public final class Quote {
    private static final Pattern HEXADECIMAL = Pattern.compile("([0-9A-Fa-f]{2})*");
    private static final Pattern CHARSET = Pattern.compile("[a-z0-9_]+");

    private Quote() {}

    /**
     * A name in backticks.
     *
     * @throws IllegalArgumentException if MySQL cannot hold it as a name: it is empty, or has NUL or a character beyond U+FFFF,
     *     which the server would silently turn into a question mark
     */
    public static String identifier(String name) {
        requireName(name, "An identifier");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("An identifier is empty");
        }
        return '`' + name.replace("`", "``") + '`';
    }

    /** Database and table, each in backticks, with a dot between. */
    public static String identifier(TableName table) {
        return identifier(table.database()) + '.' + identifier(table.table());
    }

    /**
     * A string literal.
     *
     * @throws IllegalArgumentException if the value is no valid Unicode text (half of a surrogate pair)
     */
    public static String literal(String value) {
        requireWholeCharacters(value);
        return '\'' + value.replace("\\", "\\\\").replace("'", "''") + '\'';
    }

    /**
     * Bytes as a literal, {@code X'00FF'}.
     *
     * @param hexadecimal two digits a byte, as {@code HEX()} returns them
     * @throws IllegalArgumentException if they are something else
     */
    public static String bytes(String hexadecimal) {
        if (!HEXADECIMAL.matcher(hexadecimal).matches()) {
            throw new IllegalArgumentException("Not hexadecimal digits, two a byte");
        }
        return "X'" + hexadecimal + '\'';
    }

    /**
     * Text as a literal of its bytes in a character set, {@code _latin1 X'E9'}, which no server converts.
     *
     * @param charset the character set as this very server calls it
     * @param hexadecimal as {@link #bytes} takes it
     * @throws IllegalArgumentException if either is something else
     */
    public static String text(String charset, String hexadecimal) {
        if (!CHARSET.matcher(charset).matches()) {
            throw new IllegalArgumentException("Not the name of a character set: " + charset);
        }
        return '_' + charset + ' ' + bytes(hexadecimal);
    }

    /**
     * An account, {@code 'user'@'host'}.
     *
     * @throws IllegalArgumentException as {@link #identifier(String)} does, but the user may be empty (the anonymous account)
     */
    public static String account(String user, String host) {
        requireName(user, "An account's user");
        requireName(host, "An account's host");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("An account's host is empty: MySQL would read it as '%', any host");
        }
        return literal(user) + '@' + literal(host);
    }

    /**
     * A name as it has to stand in a pattern (of a replication filter, {@code LIKE} or a database-level grant) to match nothing
     * but itself: {@code _}, {@code %} and backslash are escaped. The pattern is then put in by {@link #literal(String)}.
     */
    public static String wildPattern(String name) {
        return name.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
    }

    /** The pattern that matches one table, as {@code replicate-wild-do-table} takes it; not yet a literal. */
    public static String wildPattern(TableName table) {
        return wildPattern(table.database()) + '.' + wildPattern(table.table());
    }

    private static void requireName(String name, String what) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(
                        what + " has the character NUL, which MySQL does not allow in names");
            }
            if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException(
                        what + " has a character beyond U+FFFF, which MySQL cannot hold in names: " + name);
            }
        }
    }

    private static void requireWholeCharacters(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                // The value is not shown: it may be a password.
                throw new IllegalArgumentException("A literal has half of a surrogate pair at index " + i);
            }
        }
    }
}
