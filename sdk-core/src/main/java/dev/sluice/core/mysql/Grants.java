// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.plan.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a user may do, from the lines of {@code SHOW GRANTS} on a session whose roles are active (which servers then expand).
 * Privileges are named as {@code SHOW GRANTS} writes them, in any case. Immutable and thread-safe.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/show-grants.html">MySQL: SHOW GRANTS</a>
 */
public final class Grants {
    private static final String ALL = "ALL PRIVILEGES";

    /**
     * What SUPER stands for as long as it exists.
     *
     * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/privileges-provided.html">MySQL: privileges provided</a>
     */
    private static final Set<String> IMPLIED_BY_SUPER = Set.of(
            "BINLOG_ADMIN",
            "BINLOG_ENCRYPTION_ADMIN",
            "CONNECTION_ADMIN",
            "ENCRYPTION_KEY_ADMIN",
            "GROUP_REPLICATION_ADMIN",
            "REPLICATION_SLAVE_ADMIN",
            "ROLE_ADMIN",
            "SESSION_VARIABLES_ADMIN",
            "SET_USER_ID",
            "SYSTEM_VARIABLES_ADMIN");

    private final List<GrantLine> lines;

    private final TableGrants onTables;

    private Grants(List<GrantLine> lines, TableGrants onTables) {
        this.lines = lines;
        this.onTables = onTables;
    }

    /** From the lines of {@code SHOW GRANTS}; lines that give no privileges (proxies, roles by name) are skipped. */
    public static Grants parse(Collection<String> lines) {
        List<GrantLine> parsed = new ArrayList<>();
        for (String line : lines) {
            GrantLine.parse(line).ifPresent(parsed::add);
        }
        return new Grants(List.copyOf(parsed), new TableGrants(lines));
    }

    /** Whether the user holds the privilege on everything ({@code *.*}); a partial revoke does not count here. */
    public boolean has(String privilege) {
        String wanted = privilege.toUpperCase(Locale.ROOT);
        return lines.stream().filter(line -> line.isGrant() && line.isGlobal()).anyMatch(line -> holds(line, wanted));
    }

    /** Whether the user holds one of the privileges on everything. */
    public boolean hasAny(Collection<String> privileges) {
        return privileges.stream().anyMatch(this::has);
    }

    /** Whether the user holds the privilege on a whole database: on everything and not revoked there, or on this database. */
    public boolean hasOn(String database, String privilege) {
        String wanted = privilege.toUpperCase(Locale.ROOT);
        boolean onDatabase = lines.stream()
                .filter(line -> line.isGrant() && !line.isGlobal() && line.covers(database))
                .anyMatch(line -> holds(line, wanted));
        return onDatabase || (has(wanted) && !isRevoked(database, wanted));
    }

    /** Whether the user holds the privilege on all columns of a table: on its whole database, or on the table by itself. */
    public boolean hasOn(TableName table, String privilege) {
        return hasOn(table.database(), privilege) || onTables.has(table, privilege.toUpperCase(Locale.ROOT));
    }

    private boolean isRevoked(String database, String wanted) {
        return lines.stream()
                .filter(line -> !line.isGrant() && line.names(database))
                .anyMatch(line -> line.privileges().contains(wanted));
    }

    /** The databases in which something that is granted on everything was revoked again, sorted. */
    public Set<String> partlyRevokedOn() {
        Set<String> databases = new TreeSet<>();
        lines.stream().filter(line -> !line.isGrant()).forEach(line -> databases.add(line.database()));
        return databases;
    }

    /** Whether the user may pass on what it holds on everything. */
    public boolean canGrant() {
        return lines.stream().anyMatch(line -> line.isGrant() && line.isGlobal() && line.withGrantOption());
    }

    private static boolean holds(GrantLine line, String wanted) {
        Set<String> held = line.privileges();
        return held.contains(wanted)
                || (held.contains(ALL) && !wanted.equals("GRANT OPTION"))
                || (wanted.equals("GRANT OPTION") && line.withGrantOption())
                || (held.contains("SUPER") && IMPLIED_BY_SUPER.contains(wanted));
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
