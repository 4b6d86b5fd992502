// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.facts;

import dev.sluice.api.plan.TableName;

/**
 * An event that a server's scheduler knows. Immutable and thread-safe.
 *
 * @param name its database and its name
 * @param status as the server says: {@code ENABLED}, {@code DISABLED}, or disabled for being a replica
 * @param definerUser the user whose privileges it has
 * @param definerHost that account's host part
 * @param characterSetClient the {@code character_set_client} under which it was made
 * @param collationConnection the {@code collation_connection} under which it was made
 * @param hasDatabasesCollation whether its database still has the default collation that it had when the event was made
 */
public record EventFacts(
        TableName name,
        String status,
        String definerUser,
        String definerHost,
        String characterSetClient,
        String collationConnection,
        boolean hasDatabasesCollation) {
    /** Whether the scheduler runs it. */
    public boolean isEnabled() {
        return status.equals("ENABLED");
    }

    /** Whether it is disabled because it arrived by replication, or was copied like that. Versions differ in the word. */
    public boolean isDisabledOnReplica() {
        return status.endsWith("SIDE_DISABLED");
    }
}
