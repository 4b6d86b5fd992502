// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Fills a MySQL server with what breaks naive copies: every column type at its extremes, awkward names, foreign keys in circles, stored
 * objects, character sets, partitions.
 *
 * <p>Works on 5.7 and every later version; what a version does not know is left out there. All content is fixed: two reads see the same,
 * but for the tables that events write to ({@link #tablesWrittenByEvents}), where the server's event scheduler is on. The account needs
 * all privileges, since some objects have definers that do not exist.
 */
public final class HostileSchema {
    /** Most tables. To {@code LIKE} and to grants this name is a pattern that matches {@link #ALIKE} too. */
    static final String PLAIN = "sluice_hostile";

    /** Matched by the name of {@link #PLAIN} as a pattern. Its default character set is latin1. */
    static final String ALIKE = "sluice1hostile";

    static final String AWKWARD = "sluice-hostile `db`.☃ 'x' \"y\"";

    private HostileSchema() {}

    /**
     * Creates the databases and all they hold. Leaves the session with another current database; its variables are as before.
     *
     * @throws SQLException if one of the databases exists already, or the server refuses a statement, which the message then shows; what
     *     was created until then stays, see {@link #drop}
     */
    public static void create(Connection source) throws SQLException {
        Script script = new Script(source);
        script.inOwnSession(() -> createAll(script));
        commit(source);
    }

    private static void createAll(Script script) throws SQLException {
        script.run(
                "CREATE DATABASE " + Quote.identifier(PLAIN) + " CHARACTER SET utf8mb4",
                "CREATE DATABASE " + Quote.identifier(ALIKE) + " CHARACTER SET latin1",
                "CREATE DATABASE " + Quote.identifier(AWKWARD) + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        createData(script);
        ForeignKeyCycles.create(script);
        Routines.create(script);
        Views.create(script);
        Triggers.create(script);
        Events.create(script);
    }

    private static void createData(Script script) throws SQLException {
        script.use(PLAIN);
        NumericTypes.create(script);
        TemporalTypes.create(script);
        BytesAndText.create(script);
        JsonDocuments.create(script);
        Geometries.create(script);
        ColumnFeatures.create(script);
        Indexes.create(script);
        PrimaryKeys.create(script);
        AutoIncrements.create(script);
        Partitions.create(script);
        CharacterSets.create(script);
        AwkwardNames.create(script);
    }

    /**
     * Adds a table {@code enum_error_value} whose rows hold the ENUM error value: the empty string with index 0, which no strict session
     * can insert. {@link #create} leaves it out, since a copy by way of text cannot tell it from an empty member.
     *
     * @throws SQLException if {@link #create} has not run, the table exists already, or the server refuses a statement
     */
    public static void createEnumErrorValue(Connection source) throws SQLException {
        Script script = new Script(source);
        script.inOwnSession(() -> {
            script.use(PLAIN);
            BytesAndText.createEnumErrorValue(script);
        });
        commit(source);
    }

    /** The names of the databases that {@link #create} makes. */
    public static List<String> databases() {
        return List.of(PLAIN, ALIKE, AWKWARD);
    }

    /** The tables whose rows change by themselves while the event scheduler runs, as {@code database.table} without quotes. */
    public static List<String> tablesWrittenByEvents() {
        return List.of(PLAIN + "." + Events.TICKS);
    }

    /**
     * Drops the databases, as far as they exist.
     *
     * @throws SQLException if the server refuses; dropping again is safe
     */
    public static void drop(Connection source) throws SQLException {
        Script script = new Script(source);
        script.withoutForeignKeyChecks(() -> {
            for (String database : databases()) {
                script.run("DROP DATABASE IF EXISTS " + Quote.identifier(database));
            }
        });
    }

    private static void commit(Connection source) throws SQLException {
        if (!source.getAutoCommit()) {
            source.commit();
        }
    }
}
