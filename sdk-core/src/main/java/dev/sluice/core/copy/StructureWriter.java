// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.StoredObject;
import dev.sluice.core.catalog.StoredObject.Kind;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.Quote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates on the replica what the catalog describes. One thread at a time. */
final class StructureWriter {
    /** After the event's name: its schedule holds no text of a user's, so that the first match is the clause. */
    private static final Pattern EVENT_STATE =
            Pattern.compile("( ON COMPLETION (?:NOT )?PRESERVE) (ENABLE|DISABLE ON SLAVE|DISABLE ON REPLICA|DISABLE)");

    private final MySqlSession session;
    private final Catalog catalog;

    StructureWriter(MySqlSession session, Catalog catalog) {
        this.session = session;
        this.catalog = catalog;
    }

    /** Nothing is ever written into what somebody else made. */
    void requireAbsent() {
        List<String> there = new ArrayList<>();
        for (DatabaseDefinition database : catalog.databases()) {
            session.query("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = "
                            + Quote.literal(database.name()) + " LIMIT 3")
                    .forEach(
                            row -> there.add(database.name() + "." + row.first().orElse("?")));
        }
        if (!there.isEmpty()) {
            throw new StepRefusedException(Problem.of(CopyCode.ALREADY_THERE, "The replica already has " + there));
        }
    }

    private void createDatabases() {
        for (DatabaseDefinition database : catalog.databases()) {
            session.execute("CREATE DATABASE IF NOT EXISTS " + Quote.identifier(database.name()) + " CHARACTER SET "
                    + database.characterSet() + " COLLATE " + database.collation());
        }
    }

    void createTables() {
        createDatabases();
        for (TableDefinition table : catalog.tables()) {
            use(table.name().database());
            session.execute(PartitionNames.quotedIn(table.createStatement()));
        }
    }

    /** Routines before views, which may call them; triggers last, since they would fire for the rows. */
    void createObjects() {
        createRoutines();
        createViews(catalog.objects(Kind.VIEW));
        createTriggers();
        createEvents();
    }

    /** What routines use need not exist, so that they can come first of all. */
    void createDatabasesAndRoutines() {
        createDatabases();
        createRoutines();
    }

    private void createRoutines() {
        catalog.objects(Kind.FUNCTION).forEach(this::create);
        catalog.objects(Kind.PROCEDURE).forEach(this::create);
    }

    void createTriggers() {
        catalog.objects(Kind.TRIGGER).forEach(this::create);
    }

    /** Disabled: what they would do comes from the source. */
    void createEvents() {
        catalog.objects(Kind.EVENT).forEach(this::create);
    }

    /** Views may read views: whatever cannot be created yet is tried again after the others. */
    private void createViews(List<StoredObject> views) {
        List<StoredObject> waiting = new ArrayList<>(views);
        while (!waiting.isEmpty()) {
            List<StoredObject> again = new ArrayList<>();
            StepRefusedException last = null;
            for (StoredObject view : waiting) {
                try {
                    create(view);
                } catch (StepRefusedException notYet) {
                    again.add(view);
                    last = notYet;
                }
            }
            requireProgress(waiting, again, last);
            waiting = again;
        }
    }

    private static void requireProgress(
            List<StoredObject> before, List<StoredObject> after, @Nullable StepRefusedException last) {
        if (last != null && after.size() == before.size()) {
            throw new StepRefusedException(
                    Problem.of(
                            CopyCode.VIEW_NOT_CREATED,
                            "The replica does not take " + after + ": "
                                    + last.problems().get(0).what()),
                    last);
        }
    }

    private void create(StoredObject object) {
        use(object.database());
        session.execute("SET SESSION sql_mode = " + Quote.literal(modes(object)) + clientSettings(object));
        try {
            session.execute(text(object));
        } finally {
            session.execute("SET NAMES utf8mb4, SESSION time_zone = '+00:00', SESSION sql_mode = '"
                    + TargetSession.SQL_MODE + "'");
        }
    }

    /** 8.0 no longer knows some modes under which objects of 5.7 were created; they said nothing about stored bodies. */
    private String modes(StoredObject object) {
        return session.version().isAtLeast(8, 0, 0)
                ? Arrays.stream(object.sqlMode().split(","))
                        .filter(mode -> !mode.equals("NO_AUTO_CREATE_USER"))
                        .collect(Collectors.joining(","))
                : object.sqlMode();
    }

    /**
     * The statement travels in UTF-8. One that is plain ASCII reads the same in every client character set, so that the original one
     * can be restored; of others only UTF-8 ones can.
     */
    private static String clientSettings(StoredObject object) {
        boolean sameBytes = object.characterSetClient().startsWith("utf8")
                || StandardCharsets.US_ASCII.newEncoder().canEncode(object.createStatement());
        return (sameBytes ? ", character_set_client = " + object.characterSetClient() : "")
                + ", collation_connection = " + object.connectionCollation()
                + (object.timeZone().isEmpty() ? "" : ", SESSION time_zone = " + Quote.literal(object.timeZone()));
    }

    private static String text(StoredObject object) {
        if (object.kind() != Kind.EVENT) {
            return object.createStatement();
        }
        String create = object.createStatement();
        int name = create.indexOf("EVENT " + Quote.identifier(object.name()))
                + Quote.identifier(object.name()).length();
        Matcher state = EVENT_STATE.matcher(create);
        if (!state.find(Math.max(0, name))) {
            throw new IllegalStateException("The server shows an event without its state: " + object);
        }
        return create.substring(0, state.start()) + state.group(1) + " DISABLE ON SLAVE"
                + create.substring(state.end());
    }

    private void use(String database) {
        session.execute("USE " + Quote.identifier(database));
    }
}
