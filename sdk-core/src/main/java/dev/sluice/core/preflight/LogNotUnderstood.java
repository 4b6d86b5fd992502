// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The replica understands what the source writes.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/binary-log-transaction-compression.html">MySQL: transaction compression, from
 *     8.0.20 on</a>
 */
final class LogNotUnderstood extends NamedRule {
    private static final String PARTIAL = "binlog_row_value_options";

    LogNotUnderstood() {
        super("log-not-understood", LogCode.LOG_NOT_UNDERSTOOD, Level.ERROR);
    }

    @Override
    public List<Problem> problems(StepContext context) {
        if (!PlanReach.replicates(context)) {
            return List.of();
        }
        ServerFacts source = context.source();
        List<String> writes = new ArrayList<>();
        if (source.isOn("binlog_transaction_compression")
                && !context.replica().version().isAtLeast(8, 0, 20)) {
            writes.add("binlog_transaction_compression=ON, which replicas understand from 8.0.20 on");
        }
        String partial = source.variable(PARTIAL).orElse("");
        if (partial.toUpperCase(Locale.ROOT).contains("PARTIAL_JSON")
                && !context.replica().version().isAtLeast(8, 0, 3)) {
            writes.add(PARTIAL + "=" + partial + ", which replicas understand from 8.0.3 on");
        }
        return told(Labels.source(context), writes);
    }
}
