// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The host part of an account.
 *
 * @param pattern as the server has it: an address or name, with {@code %} and {@code _}, or an IPv4 network
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/account-names.html">MySQL: specifying account names</a>
 */
record AccountHost(String pattern) {
    private static final Pattern USER_AT_HOST = Pattern.compile("'[^']*'@'([^']*)'");
    private static final Pattern HOST = Pattern.compile("Host '([^']*)'");
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final int BITS = 32;

    /** From where somebody was refused, as the source saw it; empty if the error does not say it. */
    static Optional<String> refused(ChannelError error) {
        return last(USER_AT_HOST, error.text()).or(() -> last(HOST, error.text()));
    }

    /** Errors quote another server's message at their end. */
    private static Optional<String> last(Pattern pattern, String text) {
        return pattern.matcher(text).results().reduce((first, second) -> second).map(match -> match.group(1));
    }

    /**
     * Whether the account is for who comes from there. No name is looked up, so that a name and an address never match, and what some errors name
     * instead, the host part itself, does.
     */
    boolean admits(String address) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        String from = address.toLowerCase(Locale.ROOT);
        int slash = wanted.indexOf('/');
        return wanted.equals(from)
                || (slash < 0
                        ? like(wanted).matcher(from).matches()
                        : isIn(wanted.substring(0, slash), wanted.substring(slash + 1), from));
    }

    private static Pattern like(String wild) {
        return Pattern.compile(wild.chars()
                .mapToObj(c -> c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining()));
    }

    private static boolean isIn(String network, String mask, String from) {
        OptionalLong base = ipv4(network);
        OptionalLong bits = mask.matches("\\d{1,2}") ? prefix(Integer.parseInt(mask)) : ipv4(mask);
        OptionalLong there = ipv4(from);
        return base.isPresent()
                && bits.isPresent()
                && there.isPresent()
                && (there.getAsLong() & bits.getAsLong()) == base.getAsLong();
    }

    private static OptionalLong prefix(int length) {
        return length > BITS ? OptionalLong.empty() : OptionalLong.of((0xFFFF_FFFFL << (BITS - length)) & 0xFFFF_FFFFL);
    }

    private static OptionalLong ipv4(String address) {
        Matcher parts = IPV4.matcher(address);
        if (!parts.matches()) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 1; i <= parts.groupCount(); i++) {
            value = value << 8 | Long.parseLong(parts.group(i));
        }
        return OptionalLong.of(value);
    }
}
