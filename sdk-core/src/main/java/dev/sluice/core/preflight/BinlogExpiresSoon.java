// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.estimate.UnmeasuredCopy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A source that deletes its binary logs by age leaves a run the time that it needs: an hour for whatever run, and what a copy takes by the
 * source's statistics. Where nobody promises any time, as RDS does unasked, a check of the engine says so.
 */
final class BinlogExpiresSoon extends NamedCheck {
    private static final Duration SHORT = Duration.ofHours(1);

    private final CheckServers servers;

    BinlogExpiresSoon(CheckServers servers) {
        super("binlog-expires-soon", RuleCode.BINLOG_EXPIRES_SOON, Level.WARNING);
        this.servers = servers;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        return kept(context).stream().flatMap(kept -> judged(kept, context)).toList();
    }

    /** What a plan asks for is never less than what there is. */
    private Optional<Duration> kept(LiveContext context) {
        Duration asked = context.replication().binlogRetention().orElse(Duration.ZERO);
        return servers.binlogRetention()
                .map(now -> now.compareTo(asked) > 0 ? now : asked)
                .filter(kept -> !kept.isZero());
    }

    private Stream<Problem> judged(Duration kept, LiveContext context) {
        String deletes =
                Labels.capital(Labels.source(context)) + " deletes binary logs after " + kept.toSeconds() + " s";
        if (kept.compareTo(SHORT) < 0) {
            return Stream.of(Problem.of(code(), deletes));
        }
        return copy(context).stream()
                .filter(copy -> kept.compareTo(copy.retention()) < 0)
                .map(copy -> Problem.of(code(), deletes + ", and may have to keep them for " + copy));
    }

    private Optional<UnmeasuredCopy> copy(LiveContext context) {
        return servers.copyBudget()
                .filter(budget -> PlanReach.copies(context))
                .flatMap(budget -> copy(context, budget));
    }

    private static Optional<UnmeasuredCopy> copy(LiveContext context, CopyBudget budget) {
        return context
                .sourceSession()
                .query("SELECT COUNT(*) AS n, CAST(COALESCE(SUM(DATA_LENGTH), 0) AS UNSIGNED) AS data_bytes,"
                        + " CAST(COALESCE(SUM(INDEX_LENGTH), 0) AS UNSIGNED) AS index_bytes FROM information_schema.TABLES"
                        + " WHERE TABLE_TYPE = 'BASE TABLE' AND "
                        + ScopeSql.tables(context.replication().scope(), "TABLE_SCHEMA", "TABLE_NAME"))
                .stream()
                .findFirst()
                .map(row -> UnmeasuredCopy.of(
                        row.number("n"), row.number("data_bytes"), row.number("index_bytes"), budget));
    }
}
