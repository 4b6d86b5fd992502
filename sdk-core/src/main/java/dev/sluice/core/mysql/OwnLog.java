// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a server has written into its own binary log that is no business of its system schemas: managed servers write to theirs all the time,
 * and a server that stands still writes nothing else. Not thread-safe.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/show-binlog-events.html">MySQL: SHOW BINLOG EVENTS</a>
 */
public final class OwnLog {
    /** Whoever has written more than that does not stand still. */
    private static final int MOST_EVENTS = 20_000;

    /** Which hold no change themselves, or one of the tables that were named before. */
    private static final Set<String> HARMLESS = Set.of(
            "Format_desc",
            "Previous_gtids",
            "Rotate",
            "Stop",
            "Gtid",
            "Anonymous_Gtid",
            "Gtid_tagged",
            "Xid",
            "Heartbeat",
            "Intvar",
            "RAND",
            "User var",
            "Rows_query",
            "Write_rows",
            "Update_rows",
            "Update_rows_partial",
            "Delete_rows",
            "Write_rows_v1",
            "Update_rows_v1",
            "Delete_rows_v1");

    private static final Pattern SYSTEM_TABLE =
            Pattern.compile("table_id: \\d+ \\((mysql|sys)\\.[^.()]+\\).*", Pattern.DOTALL);

    /** Ends and beginnings of transactions, statements in a system schema, and such as are about accounts. */
    private static final Pattern SYSTEM_STATEMENT = Pattern.compile(
            "(?is)(BEGIN|COMMIT|ROLLBACK)\\b.*"
                    + "|use `(mysql|sys)`;.*"
                    + "|(use `[^`]*`;\\s*)?(FLUSH|GRANT|REVOKE|SET PASSWORD|SET DEFAULT ROLE|(CREATE|ALTER|DROP|RENAME) (USER|ROLE))\\b.*");

    private final ServerSession session;

    /**
     * The log of a server.
     *
     * @param session of a user with REPLICATION CLIENT and REPLICATION SLAVE
     */
    public OwnLog(ServerSession session) {
        this.session = session;
    }

    /**
     * The first change that was written behind a position, for people and without its text; empty if there is none.
     *
     * @param position of this log; where it does not have the file, everything that it has was written since
     * @throws dev.sluice.api.error.StepException if it cannot be read
     */
    public Optional<String> changedSince(BinlogPosition position) {
        List<Row> files = session.query("SHOW BINARY LOGS");
        boolean isListed = files.stream().anyMatch(file -> isNamed(file, position));
        boolean isBehind = !isListed;
        for (Row file : files) {
            if (isNamed(file, position)) {
                isBehind = true;
                Optional<String> change = file.number("File_size") > position.position()
                        ? change(position.file(), position.position())
                        : Optional.empty();
                if (change.isPresent()) {
                    return change;
                }
            } else if (isBehind) {
                Optional<String> change = change(file.text("Log_name"), BinlogPosition.FIRST);
                if (change.isPresent()) {
                    return change;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isNamed(Row file, BinlogPosition position) {
        return file.text("Log_name").equals(position.file());
    }

    private Optional<String> change(String file, long from) {
        List<Row> events = session.query(
                "SHOW BINLOG EVENTS IN " + Quote.literal(file) + " FROM " + from + " LIMIT " + MOST_EVENTS);
        Optional<String> change = events.stream()
                .filter(event ->
                        !isHarmless(event.text("Event_type"), event.find("Info").orElse("")))
                .findFirst()
                .map(event -> "at " + file + ":" + event.text("Pos") + " " + what(event));
        return change.isEmpty() && events.size() == MOST_EVENTS
                ? Optional.of("more than " + MOST_EVENTS + " events in " + file)
                : change;
    }

    private static boolean isHarmless(String type, String info) {
        return switch (type) {
            case "Table_map" -> SYSTEM_TABLE.matcher(info).matches();
            case "Query" -> SYSTEM_STATEMENT.matcher(info).matches();
            default -> HARMLESS.contains(type);
        };
    }

    /** A statement may hold data, or a password. */
    private static String what(Row event) {
        return event.text("Event_type").equals("Table_map")
                ? "rows of a table, " + event.find("Info").orElse("")
                : "an event of type " + event.text("Event_type");
    }
}
