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
 */
public record EventFacts(TableName name, String status, String definerUser, String definerHost) {
    /** Whether the scheduler runs it. */
    public boolean isEnabled() {
        return status.equals("ENABLED");
    }

    /** Whether it is disabled because it arrived by replication, or was copied like that. Versions differ in the word. */
    public boolean isDisabledOnReplica() {
        return status.endsWith("SIDE_DISABLED");
    }
}
