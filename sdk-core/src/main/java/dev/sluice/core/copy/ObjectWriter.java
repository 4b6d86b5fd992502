// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.catalog.StoredObject.Kind;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import dev.sluice.core.mysql.SqlModes;
import java.util.Optional;
import java.util.function.Consumer;

/** Creates one view, routine, trigger or event after the other, each under the settings of its creator. One thread at a time. */
final class ObjectWriter {
    static final String USUAL_SETTINGS = "SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION timestamp = DEFAULT,"
            + " SESSION sql_mode = '" + TargetSession.SQL_MODE + "'";

    private final MySqlSession session;
    private final Catalog catalog;
    private final Consumer<Problem> warnings;

    ObjectWriter(MySqlSession session, Catalog catalog, Consumer<Problem> warnings) {
        this.session = session;
        this.catalog = catalog;
        this.warnings = warnings;
    }

    void create(StoredObject object) {
        create(object, text(object));
    }

    private String text(StoredObject object) {
        return object.kind() == Kind.EVENT
                ? EventText.of(object.createStatement()).forReplica(session.version())
                : object.createStatement();
    }

    /** Creates it by another text than its own. */
    void create(StoredObject object, String text) {
        session.execute("USE " + Quote.identifier(object.database()));
        Optional<DatabaseDefinition> database = catalog.database(object.database())
                .filter(now -> !object.setting().databaseCollation().isEmpty())
                .filter(now -> !now.collation().equals(object.setting().databaseCollation()));
        if (database.isPresent()) {
            // What it was when the object was made, which stays with the object.
            collate(object.database(), object.setting().databaseCollation());
        }
        try {
            createUnderItsSettings(object, text);
        } catch (RuntimeException failure) {
            restore(database, failure);
            throw NotCreated.of(object.toString(), failure);
        }
        database.ifPresent(now -> collate(now.name(), now.collation()));
        session.execute(USUAL_SETTINGS);
    }

    private void restore(Optional<DatabaseDefinition> database, RuntimeException failure) {
        try {
            database.ifPresent(now -> collate(now.name(), now.collation()));
            session.execute(USUAL_SETTINGS);
        } catch (RuntimeException sessionLost) {
            failure.addSuppressed(sessionLost);
        }
    }

    private void collate(String database, String collation) {
        session.execute("ALTER DATABASE " + Quote.identifier(database) + " COLLATE " + collation);
    }

    private void createUnderItsSettings(StoredObject object, String text) {
        String client = object.setting().characterSetClient();
        Optional<byte[]> bytes = session.sendsBytes() ? ClientText.encode(text, client) : Optional.empty();
        boolean inUtf8 = bytes.isEmpty() && !client.startsWith("utf8");
        if (inUtf8) {
            warnings.accept(Problem.of(
                    CopyCode.CHARACTER_SET_CLIENT_LOST,
                    "The " + object + " has the character_set_client utf8mb4 on the replica, not " + client));
        }
        session.execute("SET SESSION sql_mode = " + Quote.literal(modes(object)) + ", character_set_client = "
                + (inUtf8 ? "utf8mb4" : client) + ", collation_connection = "
                + object.setting().connectionCollation()
                + (object.setting().timeZone().isEmpty()
                        ? ""
                        : ", SESSION time_zone = "
                                + Quote.literal(object.setting().timeZone())));
        if (object.kind() == Kind.EVENT
                && EventText.of(object.createStatement()).ends()) {
            // An event whose time is over can be created only in its past.
            session.execute("SET SESSION timestamp = 1");
        }
        if (bytes.isPresent()) {
            session.change(bytes.get(), bytes.get().length);
        } else {
            session.execute(text);
        }
    }

    private String modes(StoredObject object) {
        return session.version().isAtLeast(8, 0, 0)
                ? SqlModes.withoutFormer(object.setting().sqlMode())
                : object.setting().sqlMode();
    }
}
