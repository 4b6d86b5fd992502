// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.facts.ServerVersion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An event's definition, as far as a replica must have it otherwise. Immutable and thread-safe.
 *
 * @param head up to the state
 * @param schedule when it is executed
 * @param state enabled or not
 * @param tail comment and body
 */
record EventText(String head, String schedule, String state, String tail) {
    /** Names can hold anything; the schedule holds no text of a user's, so that the first match behind the name is the state. */
    private static final Pattern DEFINITION = Pattern.compile(
            "(CREATE DEFINER=" + Definer.ACCOUNT + " EVENT " + Definer.NAME
                    + ")( ON SCHEDULE .*? ON COMPLETION (?:NOT )?PRESERVE) (ENABLE|DISABLE ON SLAVE|DISABLE ON REPLICA|DISABLE)\\b(.*)",
            Pattern.DOTALL);

    static EventText of(String createStatement) {
        Matcher parts = DEFINITION.matcher(createStatement);
        if (!parts.matches()) {
            throw new IllegalStateException("The server shows an event in words that are not known");
        }
        return new EventText(parts.group(1), parts.group(2), parts.group(3), parts.group(4));
    }

    /** Disabled as events are that came by replication; one that was disabled on the source says so still. */
    String forReplica(ServerVersion version) {
        String disabled = version.isAtLeast(8, 1, 0) ? "DISABLE ON REPLICA" : "DISABLE ON SLAVE";
        return head + schedule + " " + (state.equals("DISABLE") ? state : disabled) + tail;
    }

    /** Whether its time can be over, so that the server would drop it right away, or not create it. */
    boolean ends() {
        return schedule.startsWith(" ON SCHEDULE AT ") || schedule.contains(" ENDS '");
    }
}
