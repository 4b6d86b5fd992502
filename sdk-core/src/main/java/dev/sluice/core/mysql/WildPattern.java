// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.plan.TableName;

/**
 * A pattern of a replication filter: {@code %} stands for any characters, {@code _} for one, and a backslash takes the meaning
 * from the next character. It is compared with database and table joined by a dot.
 *
 * @param text the pattern, not quoted
 */
record WildPattern(String text) {
    static WildPattern ofDatabase(String database) {
        return new WildPattern(withoutLineFeeds(Quote.wildPattern(database)) + ".%");
    }

    static WildPattern ofTable(TableName table) {
        return new WildPattern(withoutLineFeeds(Quote.wildPattern(table)));
    }

    /** Servers refuse patterns with a line feed (error 1525), but any one character can stand for it. */
    private static String withoutLineFeeds(String pattern) {
        return pattern.replace('\n', '_');
    }

    boolean matches(String key) {
        return matches(0, key, 0);
    }

    private boolean matches(int at, String key, int from) {
        int p = at;
        int k = from;
        while (p < text.length()) {
            char c = text.charAt(p);
            if (c == '%') {
                return matchesRest(p + 1, key, k);
            }
            boolean escaped = c == '\\' && p + 1 < text.length();
            if (k == key.length() || (c != '_' && text.charAt(escaped ? p + 1 : p) != key.charAt(k))) {
                return false;
            }
            p += escaped ? 2 : 1;
            k++;
        }
        return k == key.length();
    }

    private boolean matchesRest(int p, String key, int from) {
        for (int k = from; k <= key.length(); k++) {
            if (matches(p, key, k)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return text;
    }
}
