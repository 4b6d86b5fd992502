// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import dev.sluice.core.mysql.Quote;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that a server has defined, taken apart so that a difference can be named. Immutable.
 *
 * @param key what it is, and its name
 * @param parts what it consists of, each by a name for people
 */
record Definition(Key key, Map<String, String> parts) {
    Definition {
        parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    }

    /** What a definition defines. */
    enum Kind {
        DATABASE,
        TABLE,
        VIEW,
        PROCEDURE,
        FUNCTION,
        TRIGGER,
        EVENT;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * By what a definition finds its counterpart. Both names may hold any character, dots as well.
     *
     * @param kind what it is
     * @param database its database
     * @param name its name there; empty for the database itself
     */
    record Key(Kind kind, String database, String name) implements Comparable<Key> {
        private static final Comparator<Key> IN_ORDER = Comparator.comparing(
                        (Key key) -> key.kind().word())
                .thenComparing(Key::database)
                .thenComparing(Key::name);

        /** For people. */
        String title() {
            return kind.word() + " "
                    + Stream.of(database, name)
                            .filter(part -> !part.isEmpty())
                            .map(part -> part.contains(".") || part.contains("`") ? Quote.identifier(part) : part)
                            .collect(Collectors.joining("."));
        }

        @Override
        public int compareTo(Key other) {
            return IN_ORDER.compare(this, other);
        }
    }
}
