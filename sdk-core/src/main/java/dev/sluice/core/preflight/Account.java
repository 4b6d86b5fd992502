// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.core.mysql.Quote;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The account that a session is logged in with, as the server's grants name it. */
final class Account {
    private static final String NAME = "(`(?:[^`]|``)*`|'(?:[^'\\\\]|''|\\\\.)*')";
    private static final Pattern GRANTEE = Pattern.compile(" TO " + NAME + "@" + NAME);

    private Account() {}

    /** Quoted; with a hole for the host if no grant tells it. */
    static String of(ServerFacts server, String user) {
        return server.grants().stream()
                .map(GRANTEE::matcher)
                .filter(Matcher::find)
                .map(found -> Quote.account(
                        unquoted(found.group(1)), unquoted(found.group(2)).toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(Quote.literal(user) + "@<host>");
    }

    private static String unquoted(String name) {
        String quote = name.substring(0, 1);
        return name.substring(1, name.length() - 1).replace(quote + quote, quote);
    }
}
