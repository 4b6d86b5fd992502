// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that a server has defined, taken apart so that a difference can be named. Immutable.
 *
 * @param kind what it is
 * @param name its name with its database's
 * @param parts what it consists of, each by a name for people
 */
record Definition(Kind kind, String name, Map<String, String> parts) implements Comparable<Definition> {
    Definition {
        parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    }

    /** What a definition defines, in the order of telling. */
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

    /** For people, and to find its counterpart. */
    String title() {
        return kind.word() + " " + name;
    }

    @Override
    public int compareTo(Definition other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }
}
