// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long InnoDB's undo history is. Needs PROCESS. Thread-safe: no state. */
final class UndoHistory {
    static final String METRIC = "SELECT `COUNT` AS length, STATUS AS status FROM information_schema.INNODB_METRICS"
            + " WHERE NAME = 'trx_rseg_history_len'";
    static final String STATUS = "SHOW ENGINE INNODB STATUS";

    private static final Pattern LENGTH = Pattern.compile("History list length (\\d+)");

    private UndoHistory() {}

    /**
     * Entries that are not purged yet. The metric is on by default, and can be switched off; the status is longer, but always there.
     *
     * @throws dev.sluice.api.error.StepException if it may not or cannot be read
     */
    static long length(ServerSession session) {
        List<Row> metric = session.query(METRIC);
        if (!metric.isEmpty() && metric.get(0).text("status").equals("enabled")) {
            return metric.get(0).number("length");
        }
        for (Row row : session.query(STATUS)) {
            Matcher length = LENGTH.matcher(row.find("Status").orElse(""));
            if (length.find()) {
                return Long.parseLong(length.group(1));
            }
        }
        throw new StepRefusedException(Problem.of(
                SnapshotErrorCode.HISTORY_UNREADABLE, "The server does not tell the length of its history list"));
    }
}
