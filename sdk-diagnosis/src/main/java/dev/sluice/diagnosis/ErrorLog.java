// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicationError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The replica's error log, as far as SQL shows it: from 8.0.22 on.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/performance-schema-error-log-table.html">MySQL: the error log as a table</a>
 */
record ErrorLog(ServerSession replica, Dialect dialect) {
    private static final int MOST = 20;

    private static final String QUERY = "SELECT LOGGED AS at, ERROR_CODE AS code, DATA AS message"
            + " FROM performance_schema.error_log WHERE PRIO IN ('Error', 'System')"
            + " AND (SUBSYSTEM = 'Repl' OR DATA LIKE '%full%' OR DATA LIKE '%space%')"
            + " ORDER BY LOGGED DESC LIMIT " + MOST;

    /** Oldest first; empty where it cannot be read. */
    List<String> newest() {
        if (!dialect.version().isAtLeast(8, 0, 22)) {
            return List.of();
        }
        try {
            List<String> lines = new ArrayList<>();
            replica.query(QUERY).forEach(row -> lines.add(line(row)));
            Collections.reverse(lines);
            return lines;
        } catch (StepRefusedException notForThisUser) {
            return List.of();
        }
    }

    private static String line(Row row) {
        return row.find("at").orElse("") + " " + row.find("code").orElse("") + " "
                + Shortened.statement(
                        ReplicationError.withoutStatement(row.find("message").orElse("")));
    }
}
