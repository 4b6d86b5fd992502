// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * All definitions of a scope at one moment. Immutable and thread-safe.
 *
 * @param defaultUtf8mb4Collation the collation that {@code utf8mb4} means on this server where none is named
 * @param objects views, then functions, procedures, triggers in the order in which they fire, events
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

    /** A digest of all definitions, without what changes as rows do. Equal digests, equal definitions. */
    public String fingerprint() {
        MessageDigest digest = sha256();
        databases.forEach(database -> add(digest, database.toString()));
        tables.forEach(table -> add(digest, withoutCounter(table.createStatement())));
        objects.forEach(object -> add(digest, object.toString() + object.sqlMode() + object.createStatement()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The next AUTO_INCREMENT value stands in the table's options, after the last closing parenthesis of the columns. */
    private static String withoutCounter(String createStatement) {
        int options = createStatement.lastIndexOf("\n)");
        return options < 0
                ? createStatement
                : createStatement.substring(0, options)
                        + createStatement.substring(options).replaceFirst(" AUTO_INCREMENT=\\d+", "");
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
