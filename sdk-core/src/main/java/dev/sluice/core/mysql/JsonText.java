// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Strict JSON for procedures and calls that take it: control characters are escaped, so that a PEM's line ends are the two characters backslash and n.
 * Thread-safe: no state.
 */
public final class JsonText {
    private JsonText() {}

    /** An object of these members. Never log it. */
    static String object(SortedMap<String, Secret> members, SecretResolver secrets) {
        return members.entrySet().stream()
                .map(member -> member(member, secrets))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String member(Map.Entry<String, Secret> member, SecretResolver secrets) {
        return string(member.getKey()) + ":" + string(secrets.resolve(member.getValue()));
    }

    /** A text as JSON, in its quotes. */
    public static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> append(json, (char) c));
        return json.append('"').toString();
    }

    private static void append(StringBuilder json, char c) {
        switch (c) {
            case '"', '\\' -> json.append('\\').append(c);
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (c < ' ') {
                    json.append(String.format("\\u%04x", (int) c));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
