// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Dialect;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether the source leaves databases out of its binary log. A replica never learns of their changes, and nothing fails: rows just
 * differ. By default the rules go by the session's default database in statement format and by the table's in row format.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html">MySQL: binlog-do-db</a>
 */
final class SourceBinlogFilterCheck implements Check {
    @Override
    public String id() {
        return "source-binlog-filter";
    }

    @Override
    public List<Finding> examine(LiveContext context) {
        Dialect dialect = Dialect.of(context.source().version());
        return context.sourceSession().query(dialect.showBinlogStatus()).stream()
                .flatMap(this::findings)
                .toList();
    }

    private Stream<Finding> findings(Row status) {
        String only = status.find("Binlog_Do_DB").orElse("");
        String without = status.find("Binlog_Ignore_DB").orElse("");
        if (only.isEmpty() && without.isEmpty()) {
            return Stream.empty();
        }
        String what = only.isEmpty() ? "leaves out " + without : "holds only " + only;
        return Stream.of(new Finding(
                id(), Level.ERROR, Problem.of(ExternalErrorCode.BINLOG_FILTERED, "The source's binary log " + what)));
    }
}
