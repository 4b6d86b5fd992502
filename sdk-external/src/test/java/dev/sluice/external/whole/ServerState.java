// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import dev.sluice.testservers.MySqlServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything of a server (8.0.22 and later) that a run could change: settings, also persisted ones, accounts and grants, objects,
 * rows by their checksums, replication, and how far its binary log has come. Equal when nothing was changed.
 *
 * @param answers what the server answered to each question
 */
record ServerState(Map<String, String> answers) {
    private static final List<String> QUESTIONS = List.of(
            "SELECT * FROM performance_schema.global_variables ORDER BY 1",
            "SELECT * FROM performance_schema.persisted_variables ORDER BY 1",
            "SELECT User, Host, plugin, SHA2(authentication_string, 256), password_last_changed FROM mysql.user ORDER BY 1, 2",
            "SELECT * FROM information_schema.USER_PRIVILEGES ORDER BY 1, 3",
            "SELECT * FROM mysql.db ORDER BY 1, 2, 3",
            "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, CREATE_TIME FROM information_schema.TABLES ORDER BY 1, 2",
            "SELECT ROUTINE_SCHEMA, ROUTINE_NAME, LAST_ALTERED FROM information_schema.ROUTINES ORDER BY 1, 2",
            "SELECT EVENT_SCHEMA, EVENT_NAME, STATUS FROM information_schema.EVENTS ORDER BY 1, 2",
            "SELECT * FROM performance_schema.replication_applier_global_filters ORDER BY 1, 2",
            "SHOW REPLICA STATUS",
            "SHOW MASTER STATUS");

    static ServerState of(MySqlServer server) {
        Map<String, String> answers = new LinkedHashMap<>();
        QUESTIONS.forEach(question -> answers.put(question, String.valueOf(server.query(question))));
        server.query("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE'"
                        + " AND TABLE_SCHEMA NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema')")
                .forEach(table -> {
                    String checksum = "CHECKSUM TABLE `" + table.get(0) + "`.`" + table.get(1) + "`";
                    answers.put(checksum, String.valueOf(server.query(checksum)));
                });
        return new ServerState(answers);
    }
}
