// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.time.Duration;
import java.util.List;

/** A source that deletes its binary logs by age leaves a run the time that it needs. */
final class BinlogExpiresSoon implements FactsRule {
    private static final Duration SHORT = Duration.ofHours(1);

    @Override
    public String id() {
        return "binlog-expires-soon";
    }

    @Override
    public ErrorCode code() {
        return RuleCode.BINLOG_EXPIRES_SOON;
    }

    @Override
    public Level level() {
        return Level.WARNING;
    }

    @Override
    public List<Problem> problems(StepContext context) {
        ServerFacts source = context.source();
        boolean purges = source.variable("binlog_expire_logs_auto_purge").isEmpty()
                || source.isOn("binlog_expire_logs_auto_purge");
        if (!purges || context.replication().binlogRetention().isPresent()) {
            return List.of();
        }
        // Releases without this variable count in days. 0 is never.
        return source.variable("binlog_expire_logs_seconds").stream()
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .filter(age -> !age.isZero() && age.compareTo(SHORT) < 0)
                .map(age -> Problem.of(
                        code(),
                        Labels.capital(Labels.source(context)) + " deletes binary logs after " + age.toSeconds()
                                + " s"))
                .toList();
    }
}
