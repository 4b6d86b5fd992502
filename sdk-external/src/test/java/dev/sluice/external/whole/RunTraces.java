// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.testservers.MySqlServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a run may change on a server of 8.0.22 or later, as text: to be the same before a run and after it was taken back. */
final class RunTraces {
    /** What was executed cannot be taken back. */
    private static final Set<String> HISTORY = Set.of("gtid_executed", "gtid_owned", "gtid_purged");

    private RunTraces() {}

    static List<String> of(MySqlServer server) {
        List<String> state = new ArrayList<>();
        add(state, "database", server, "SHOW DATABASES");
        add(
                state,
                "object",
                server,
                "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN"
                        + " ('mysql', 'sys', 'information_schema', 'performance_schema') ORDER BY 1, 2");
        add(state, "account", server, "SELECT User, Host FROM mysql.user ORDER BY 1, 2");
        add(state, "channel", server, "SHOW REPLICA STATUS");
        add(
                state,
                "filter",
                server,
                "SELECT FILTER_NAME, FILTER_RULE FROM performance_schema.replication_applier_filters"
                        + " WHERE FILTER_RULE <> ''");
        add(state, "persisted", server, "SELECT * FROM performance_schema.persisted_variables ORDER BY 1");
        server.query("SHOW GLOBAL VARIABLES").stream()
                .filter(row -> !HISTORY.contains(row.get(0)))
                .forEach(row -> state.add("variable " + row));
        return state;
    }

    private static void add(List<String> state, String what, MySqlServer server, String query) {
        server.query(query).forEach(row -> state.add(what + " " + row));
    }
}
