// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import java.util.Locale;

/**
 * A view, routine, trigger or event: its text and what its text depends on. Immutable and thread-safe.
 *
 * @param kind what it is
 * @param database its database
 * @param name its name
 * @param table a trigger's table, {@code ""} for others
 * @param createStatement as the server shows it, definer included
 * @param setting under which it was created
 */
public record StoredObject(
        Kind kind, String database, String name, String table, String createStatement, Setting setting) {
    /** What it is, in the order in which objects can be created. */
    public enum Kind {
        FUNCTION,
        PROCEDURE,
        VIEW,
        TRIGGER,
        EVENT
    }

    /**
     * The variables of the session that created an object, which decide what its text means. Immutable and thread-safe.
     *
     * @param sqlMode {@code sql_mode}, {@code ""} for views, whose text is independent of it
     * @param characterSetClient {@code character_set_client}
     * @param connectionCollation {@code collation_connection}
     * @param databaseCollation the database's collation at that time, {@code ""} for views
     * @param timeZone the time zone of an event, {@code ""} for others
     */
    public record Setting(
            String sqlMode,
            String characterSetClient,
            String connectionCollation,
            String databaseCollation,
            String timeZone) {}

    String definition() {
        return this + "\n" + table + "\n" + setting + "\n" + createStatement;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + database + "." + name;
    }
}
