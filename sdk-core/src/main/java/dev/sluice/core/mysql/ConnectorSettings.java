// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link MySqlConnector.Builder} was told, checked. Holds no password, only where to ask for it. */
record ConnectorSettings(
        Login login,
        String label,
        Tls tls,
        PlainText plainText,
        Map<String, String> attributes,
        Limits limits,
        @Nullable ConnectionSource source,
        Consumer<MySqlSession> opened) {
    /** Longer ones would be cut off by the server's performance schema. */
    private static final int MAX_ATTRIBUTE = 64;

    ConnectorSettings {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        attributes.forEach((name, value) -> {
            requirePlain(name);
            requirePlain(value);
        });
    }

    ServerAddress address() {
        return login.address;
    }

    Duration connectTimeout() {
        return limits.connect;
    }

    /** The longest silence of the server while a statement runs. */
    Duration socketTimeout(SessionUse use) {
        return use == SessionUse.CONTROL ? limits.control : limits.stream;
    }

    /** For sessions that only end others: with no time limit above the given one, and nobody asked whether they may. */
    ConnectorSettings forKills(Duration limit) {
        Limits shorter = new Limits(min(limits.connect, limit), min(limits.control, limit), min(limits.stream, limit));
        return new ConnectorSettings(login, label, tls, plainText, attributes, shorter, source, session -> {});
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static void requirePlain(String text) {
        if (text.length() > MAX_ATTRIBUTE || !text.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException(
                    "A connection attribute has up to 64 letters, digits, dots, dashes and underscores, not '" + text
                            + "'");
        }
    }

    @Override
    public String toString() {
        return label;
    }

    /** Where and as whom. */
    record Login(ServerAddress address, String user, Supplier<String> password) {
        @Override
        public String toString() {
            return user + " at " + address;
        }
    }

    /** Longest times: to connect, for an answer to a small statement, for one to a long read or write. */
    record Limits(Duration connect, Duration control, Duration stream) {}

    /** Whether passwords and rows may travel unencrypted if the server has no TLS. */
    enum PlainText {
        ALLOWED,
        REFUSED
    }
}
