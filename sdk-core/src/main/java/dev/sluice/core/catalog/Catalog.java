// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * All definitions of a scope at one moment. Immutable and thread-safe.
 *
 * @param defaultUtf8mb4Collation the collation that {@code utf8mb4} means on this server where none is named
 * @param databases by name
 * @param tables by name
 * @param objects functions, procedures, views, triggers in the order in which they fire, events
 */
public record Catalog(
        String defaultUtf8mb4Collation,
        List<DatabaseDefinition> databases,
        List<TableDefinition> tables,
        List<StoredObject> objects) {
    public Catalog {
        databases = List.copyOf(databases);
        tables = List.copyOf(tables);
        objects = List.copyOf(objects);
    }

    /** The objects of one kind, in order. */
    public List<StoredObject> objects(StoredObject.Kind kind) {
        return objects.stream().filter(object -> object.kind() == kind).toList();
    }

    /** A database by its name. */
    public Optional<DatabaseDefinition> database(String name) {
        return databases.stream()
                .filter(database -> database.name().equals(name))
                .findFirst();
    }

    /** The tables as they are to be in another database, alone: what else there is, such as triggers, is left out. */
    public Catalog tablesIn(String database) {
        return new Catalog(
                defaultUtf8mb4Collation,
                databases.stream()
                        .limit(1)
                        .map(first -> new DatabaseDefinition(database, first.characterSet(), first.collation()))
                        .toList(),
                tables.stream().map(table -> table.in(database)).toList(),
                List.of());
    }

    /**
     * A digest of all definitions, without what changes as rows do: counters, statistics. Equal digests, equal definitions. Only
     * digests of one server can be compared: servers of other versions show the same table in other words.
     */
    public String fingerprint() {
        MessageDigest digest = sha256();
        databases.forEach(database -> add(digest, database.toString()));
        tables.forEach(table -> add(digest, table.definition()));
        objects.forEach(object -> add(digest, object.definition()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
