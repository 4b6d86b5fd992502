// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.StuckTransaction;
import dev.sluice.api.spi.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transaction as the relay log's list of events shows it. That list names the tables of changed rows and not their values.
 *
 * @param gtid its GTID, {@code ""} if it has none
 * @param content an event a line
 * @param ends where its events end in the source's log
 */
record RelayedTransaction(String gtid, List<String> content, Set<String> ends) {
    static final RelayedTransaction UNKNOWN = new RelayedTransaction("", List.of(), Set.of());

    private static final Pattern GTID = Pattern.compile("GTID_NEXT= '([^']+)'");
    private static final Pattern TABLE = Pattern.compile("\\((.+)\\)");

    RelayedTransaction {
        content = List.copyOf(content);
        ends = Set.copyOf(ends);
    }

    /**
     * The transaction of this GTID, or the first one.
     *
     * @param events from the beginning of a transaction on
     * @param wanted {@code ""} for the first one
     */
    static RelayedTransaction of(List<Row> events, String wanted) {
        Reading reading = new Reading(wanted);
        for (Row event : events) {
            if (!reading.goesOnAfter(event)) {
                break;
            }
        }
        return new RelayedTransaction(reading.gtid, reading.lines(), reading.ends);
    }

    /** The list, read event by event. */
    private static final class Reading {
        private final String wanted;
        private final List<String> lines = new ArrayList<>();
        private final Set<String> ends = new HashSet<>();
        private String gtid = "";
        private String table = "";
        private int left;
        private boolean isInside;

        Reading(String wanted) {
            this.wanted = wanted;
        }

        boolean goesOnAfter(Row event) {
            String type = event.find("Event_type").orElse("");
            String info = event.find("Info").orElse("");
            if (type.equals("Gtid") || type.equals("Anonymous_Gtid") || type.equals("Gtid_tagged")) {
                return begins(info);
            }
            if (isInside) {
                event.find("End_log_pos").ifPresent(ends::add);
                add(type, info);
            }
            return !isInside || !type.equals("Xid");
        }

        private boolean begins(String info) {
            if (isInside) {
                return false;
            }
            Matcher found = GTID.matcher(info);
            String next = found.find() && !found.group(1).equals("ANONYMOUS") ? found.group(1) : "";
            isInside = wanted.isEmpty() || wanted.equalsIgnoreCase(next);
            gtid = isInside ? next : "";
            return true;
        }

        private void add(String type, String info) {
            if (type.equals("Table_map")) {
                Matcher name = TABLE.matcher(info);
                table = name.find() ? name.group(1) : "";
                return;
            }
            String line = line(type, info);
            if (lines.size() == StuckTransaction.MOST_LINES - 1) {
                left++;
            } else if (!line.isEmpty()) {
                lines.add(line);
            }
        }

        private String line(String type, String info) {
            if (type.contains("_rows")) {
                return type + " " + table;
            }
            return switch (type) {
                case "Query", "Rows_query", "Execute_load_query", "Begin_load_query" ->
                    info.equals("BEGIN") ? "" : type + ": " + Shortened.statement(info);
                case "Rotate", "Format_desc", "Previous_gtids", "Xid", "Stop" -> "";
                default -> type;
            };
        }

        List<String> lines() {
            if (left > 0) {
                lines.add("and " + left + " more events");
            }
            return lines;
        }
    }
}
