// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.facts.ServerFacts;
import java.util.Optional;

/**
 * InnoDB's redo log, which a server can do without while it is loaded: faster, but after a crash it does not start any more and all
 * that it holds is lost, its accounts included.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/innodb-redo-log.html#innodb-disable-redo-logging">MySQL: disabling redo
 *     logging</a>
 */
public final class RedoLog {
    /** The dynamic privilege to switch it. */
    public static final String PRIVILEGE = "INNODB_REDO_LOG_ENABLE";

    /** Switches it off. */
    public static final String OFF = "ALTER INSTANCE DISABLE INNODB REDO_LOG";

    /** Switches it on. */
    public static final String ON = "ALTER INSTANCE ENABLE INNODB REDO_LOG";

    /** Reads {@code ON} or {@code OFF}. */
    public static final String STATE = "SELECT VARIABLE_VALUE FROM performance_schema.global_status"
            + " WHERE VARIABLE_NAME = 'Innodb_redo_log_enabled'";

    private RedoLog() {}

    /** Why it stays on, by the server's facts; empty if it can be switched off without endangering anything that was there before. */
    public static Optional<String> whyItStaysOn(ServerFacts server) {
        if (!server.version().isAtLeast(8, 0, 21)) {
            return Optional.of("MySQL " + server.version() + " cannot switch it off; 8.0.21 is the first that can");
        }
        if (!server.databases().isEmpty()) {
            return Optional.of("the server holds databases already, which a crash would destroy: "
                    + String.join(", ", server.databases()));
        }
        if (!server.attachedReplicas().isEmpty()) {
            return Optional.of("replicas hang off the server");
        }
        Grants grants = Grants.parse(server.grants());
        if (!grants.has(PRIVILEGE)) {
            return Optional.of("the user does not hold " + PRIVILEGE);
        }
        return grants.has("PROCESS")
                ? Optional.empty()
                : Optional.of("the user does not hold PROCESS, without which it cannot see all that the server holds");
    }
}
