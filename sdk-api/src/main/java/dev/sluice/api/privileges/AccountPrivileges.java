// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.privileges;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One account of a plan with exactly what it needs. Holds no password. Immutable and thread-safe.
 *
 * @param role what the plan uses it for
 * @param account quoted, as statements name it
 * @param server what messages call the server that has it
 * @param isMadeByRun whether the run creates it and grants it its privileges, so that nobody else has to
 * @param grants what it needs; empty where the run makes it
 * @param statements that create it and grant all this, in order, each without a semicolon; a password stands there as a hole in angle brackets,
 *     which is no valid SQL until somebody puts a quoted literal in its place
 * @param notes for people
 */
public record AccountPrivileges(
        AccountRole role,
        String account,
        String server,
        boolean isMadeByRun,
        List<PrivilegeGrant> grants,
        List<String> statements,
        List<String> notes) {
    public AccountPrivileges {
        requireNonNull(role, "role");
        requireNonNull(account, "account");
        requireNonNull(server, "server");
        grants = List.copyOf(grants);
        statements = List.copyOf(statements);
        notes = List.copyOf(notes);
    }
}
