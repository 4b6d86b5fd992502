// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import dev.sluice.api.facts.ServerVersion;

/** How routines and triggers reach the replica. */
enum CodeTransfer {
    /** In the dump, as everything but events. */
    IN_DUMP,
    /**
     * By statements of ours, routines before the load and triggers after it: mysqldump would set the sql_mode of 5.7, in which 8.0
     * no longer knows NO_AUTO_CREATE_USER and refuses it (1231).
     */
    BY_STATEMENTS;

    static CodeTransfer between(ServerVersion source, ServerVersion replica) {
        return !source.isAtLeast(8, 0, 0) && replica.isAtLeast(8, 0, 0) ? BY_STATEMENTS : IN_DUMP;
    }
}
