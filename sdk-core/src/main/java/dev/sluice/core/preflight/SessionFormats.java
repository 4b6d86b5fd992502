// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/**
 * All sessions on the source write the binary log as replicas need it. A session keeps what the global settings were when it connected,
 * and a privileged one may write nothing into the log at all.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/binary-log-setting.html">MySQL: setting the binary log format</a>
 */
final class SessionFormats extends NamedCheck {
    private static final String QUERY =
            "SELECT t.PROCESSLIST_ID AS id, t.PROCESSLIST_USER AS user, v.VARIABLE_NAME AS name, v.VARIABLE_VALUE AS value"
                    + " FROM performance_schema.variables_by_thread v"
                    + " JOIN performance_schema.threads t ON t.THREAD_ID = v.THREAD_ID"
                    + " WHERE t.PROCESSLIST_ID <> CONNECTION_ID() AND t.PROCESSLIST_USER IS NOT NULL"
                    + " AND ((v.VARIABLE_NAME = 'binlog_format' AND v.VARIABLE_VALUE <> 'ROW')"
                    + " OR (v.VARIABLE_NAME = 'binlog_row_image' AND v.VARIABLE_VALUE <> 'FULL')"
                    + " OR (v.VARIABLE_NAME = 'sql_log_bin' AND v.VARIABLE_VALUE = 'OFF')) ORDER BY 1, 3 LIMIT 1000";

    SessionFormats() {
        super("session-formats", LogCode.SESSION_FORMATS, Level.WARNING);
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (!PlanReach.beginsReplication(context)) {
            return List.of();
        }
        List<String> sessions = context.sourceSession().query(QUERY).stream()
                .map(row -> "session " + row.text("id") + " of " + row.text("user") + " with " + row.text("name") + "="
                        + row.text("value"))
                .toList();
        return sessions.isEmpty()
                ? List.of()
                : List.of(Problem.of(code(), Labels.capital(Labels.source(context)) + " has " + Listing.of(sessions)));
    }
}
