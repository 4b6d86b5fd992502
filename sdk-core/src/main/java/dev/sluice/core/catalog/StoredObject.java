// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

/**
 * A view, routine, trigger or event: its text and what its text depends on. Immutable.
 *
 * @param kind what it is
 * @param database its database
 * @param name its name
 * @param createStatement as the server shows it, definer included
 * @param sqlMode the {@code sql_mode} under which it was created, {@code ""} for views
 * @param characterSetClient the {@code character_set_client} under which it was created
 * @param connectionCollation the {@code collation_connection} under which it was created
 * @param timeZone the time zone of an event, {@code ""} for others
 */
public record StoredObject(
        Kind kind,
        String database,
        String name,
        String createStatement,
        String sqlMode,
        String characterSetClient,
        String connectionCollation,
        String timeZone) {
    /** What it is. */
    public enum Kind {
        VIEW,
        FUNCTION,
        PROCEDURE,
        TRIGGER,
        EVENT
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + database + "." + name;
    }
}
