// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy.random;

import dev.sluice.testservers.MySqlServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a server can have in its tables.
 *
 * @param release its version, such as 80031
 */
public record Abilities(int release, List<Collation> collations) {
    /**
     * A way to compare texts.
     *
     * @param widest bytes that a character may have
     */
    record Collation(String characterSet, String name, int widest) {}

    /** Those of a source whose tables a replica has to take as well. */
    public static Abilities of(MySqlServer source, MySqlServer replica) {
        List<Collation> both = new ArrayList<>(collations(source));
        both.retainAll(collations(replica));
        return new Abilities(release(source), List.copyOf(both));
    }

    private static int release(MySqlServer server) {
        String[] parts = text(server, "SELECT VERSION()").get(0).get(0).split("[.-]", -1);
        return Integer.parseInt(parts[0]) * 10_000 + Integer.parseInt(parts[1]) * 100 + Integer.parseInt(parts[2]);
    }

    private static List<Collation> collations(MySqlServer server) {
        return text(
                        server,
                        "SELECT CHARACTER_SET_NAME, COLLATION_NAME, MAXLEN FROM information_schema.COLLATIONS"
                                + " JOIN information_schema.CHARACTER_SETS USING (CHARACTER_SET_NAME)"
                                + " WHERE CHARACTER_SET_NAME <> 'binary' ORDER BY COLLATION_NAME")
                .stream()
                .map(row -> new Collation(row.get(0), row.get(1), Integer.parseInt(row.get(2))))
                .toList();
    }

    private static List<List<String>> text(MySqlServer server, String query) {
        return server.query(query).stream()
                .map(row -> row.stream().map(Objects::requireNonNull).toList())
                .toList();
    }

    boolean isAtLeast(int wanted) {
        return release >= wanted;
    }
}
