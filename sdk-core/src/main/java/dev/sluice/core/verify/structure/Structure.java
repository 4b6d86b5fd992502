// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** All definitions of a scope on one server. Immutable. */
public final class Structure {
    static final String STATUS = "status";

    static final String DATABASES = "SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME"
            + " FROM information_schema.SCHEMATA ORDER BY SCHEMA_NAME";

    private static final int SHOWN = 64;

    /** Not shown, since people write secrets into programs. */
    private static final Set<String> TEXTS = Set.of("body", "query", "comment");

    private final SortedMap<Definition.Key, Definition> definitions;

    private Structure(SortedMap<Definition.Key, Definition> definitions) {
        this.definitions = definitions;
    }

    /**
     * Reads the definitions of a server.
     *
     * @param version the server's version
     * @param other the version of the server with which it will be compared; what only these two spell differently is undone
     */
    public static Structure read(ServerSession session, ServerVersion version, ServerVersion other, Scope scope) {
        Spelling spelling = Spelling.between(version, other);
        List<Definition> found = new ArrayList<>();
        for (Row row : session.query(DATABASES)) {
            String database = row.text("SCHEMA_NAME");
            if (scope.touches(database)) {
                found.add(database(row, spelling));
                found.addAll(new TableDefinitions(session, version, spelling).read(database, scope));
                found.addAll(new StoredDefinitions(session, spelling).read(database, scope));
            }
        }
        SortedMap<Definition.Key, Definition> byKey = new TreeMap<>();
        found.forEach(definition -> byKey.put(definition.key(), definition));
        return new Structure(byKey);
    }

    private static Definition database(Row row, Spelling spelling) {
        return new Definition(
                new Definition.Key(Definition.Kind.DATABASE, row.text("SCHEMA_NAME"), ""),
                Map.of("collation", spelling.charset(row.text("DEFAULT_COLLATION_NAME"))));
    }

    /** A value that is equal exactly if the definitions are. */
    public String fingerprint() {
        return definitions.values().toString();
    }

    /** What differs on the replica, a line each. This is the source. */
    public List<String> differences(Structure replica) {
        TreeSet<Definition.Key> keys = new TreeSet<>(definitions.keySet());
        keys.addAll(replica.definitions.keySet());
        List<String> lines = new ArrayList<>();
        for (Definition.Key key : keys) {
            Definition own = definitions.get(key);
            Definition other = replica.definitions.get(key);
            if (other == null) {
                lines.add(shortened(key.title()) + " is missing on the replica");
            } else if (own == null) {
                lines.add(shortened(key.title()) + " is on the replica only");
            } else {
                compare(own, other, lines);
            }
        }
        return List.copyOf(lines);
    }

    private static void compare(Definition source, Definition replica, List<String> lines) {
        TreeSet<String> parts = new TreeSet<>(source.parts().keySet());
        parts.addAll(replica.parts().keySet());
        String title = shortened(source.key().title());
        for (String part : parts) {
            String own = source.parts().get(part);
            String other = replica.parts().get(part);
            if (part.equals(STATUS)) {
                // Events fire on the source, and their effects are replicated.
                if ("ENABLED".equals(other)) {
                    lines.add(title + " is enabled on the replica");
                }
            } else if (other == null) {
                lines.add(title + ": " + shortened(part) + " is missing on the replica");
            } else if (own == null) {
                lines.add(title + ": " + shortened(part) + " is on the replica only");
            } else if (own.equals(StoredDefinitions.HIDDEN) || other.equals(StoredDefinitions.HIDDEN)) {
                lines.add(title + ": " + part + " cannot be compared, as the user may not see it");
            } else if (!own.equals(other) && TEXTS.contains(part)) {
                lines.add(title + ": " + part + " differs");
            } else if (!own.equals(other)) {
                lines.add(title + ": " + shortened(part) + " is " + excerpt(own, other) + " on the source and "
                        + excerpt(other, own) + " on the replica");
            }
        }
    }

    /** A part of a long text around the place where it begins to differ from another. */
    private static String excerpt(String text, String other) {
        int same = 0;
        while (same < Math.min(text.length(), other.length()) && text.charAt(same) == other.charAt(same)) {
            same++;
        }
        int start = text.length() <= SHOWN ? 0 : Math.max(0, same - SHOWN / 4);
        return "'" + (start > 0 ? "…" : "") + shortened(text.substring(start)) + "'";
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
    }

    /** Every query that {@link #read} sends, with its holes in angle brackets. */
    public static List<String> templates() {
        String order = TableDefinitions.inOrder("<columns>");
        String database = "<database>";
        return List.of(
                DATABASES,
                TableDefinitions.TABLES + database,
                TableDefinitions.columns(ServerVersion.of(5, 7, 0)) + database + order,
                TableDefinitions.columns(ServerVersion.of(8, 0, 3)) + database + order,
                TableDefinitions.indexes(ServerVersion.of(5, 7, 0)) + database + order,
                TableDefinitions.indexes(ServerVersion.of(8, 0, 0)) + database + order,
                TableDefinitions.indexes(ServerVersion.of(8, 0, 13)) + database + order,
                TableDefinitions.FOREIGN_KEYS + database + order,
                TableDefinitions.CHECKS + database + order,
                TableDefinitions.PARTITIONS + database + order,
                StoredDefinitions.VIEWS + database,
                HiddenQueries.SHOW + "<view>",
                StoredDefinitions.TRIGGERS + database,
                StoredDefinitions.ROUTINES + database,
                StoredDefinitions.PARAMETERS + database + order,
                StoredDefinitions.EVENTS + database);
    }
}
