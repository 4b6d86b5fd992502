// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Dialect;
import java.util.List;
import java.util.stream.Stream;

/**
 * The source leaves no database out of its binary log. A replica never learns of such changes, and nothing fails: rows just differ.
 * Whatever the scope: definitions are judged by the session's default database, so that one of another database may be left out, too.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html">MySQL: binlog-do-db</a>
 */
final class SourceBinlogFilter extends NamedCheck {
    SourceBinlogFilter() {
        super("source-binlog-filter", LogCode.BINLOG_FILTERED, Level.ERROR);
    }

    @Override
    public boolean canBeSkipped() {
        return false;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        Dialect dialect = Dialect.of(context.source().version());
        return context.sourceSession().query(dialect.showBinlogStatus()).stream()
                .flatMap(status -> problems(context, status))
                .toList();
    }

    private Stream<Problem> problems(LiveContext context, Row status) {
        String only = status.find("Binlog_Do_DB").orElse("");
        String without = status.find("Binlog_Ignore_DB").orElse("");
        if (only.isEmpty() && without.isEmpty()) {
            return Stream.empty();
        }
        String what = only.isEmpty() ? "leaves out " + without : "holds only " + only;
        return Stream.of(Problem.of(code(), "The binary log of " + Labels.source(context) + " " + what));
    }
}
