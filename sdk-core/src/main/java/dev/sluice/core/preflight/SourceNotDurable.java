// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the source has sent it still has after a crash.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-options-binary-log.html">MySQL: sync_binlog</a>
 */
final class SourceNotDurable extends NamedRule {
    SourceNotDurable() {
        super("source-not-durable", LogCode.SOURCE_NOT_DURABLE, Level.WARNING);
    }

    @Override
    public List<Problem> problems(StepContext context) {
        if (!PlanReach.replicates(context)) {
            return List.of();
        }
        List<String> loose = Stream.of("sync_binlog", "innodb_flush_log_at_trx_commit")
                .flatMap(name -> otherThan("1", name, context).stream())
                .toList();
        return told(Labels.source(context), loose);
    }
}
