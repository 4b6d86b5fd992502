// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.Problem;
import dev.sluice.api.estimate.CopyEstimate;
import dev.sluice.api.estimate.CopyProbe;
import dev.sluice.api.estimate.TableEstimate;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.CopyOperation;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Estimates a copy. Reads on the source only; on the replica nothing is left behind.
 *
 * @param source where rows are read
 * @param replica where they would go; null for one that is not there yet
 * @param budget what the copy may use
 */
public record Estimator(MySqlConnector source, @Nullable MySqlConnector replica, CopyBudget budget, Clock clock) {
    /**
     * Estimates the copy of a plan.
     *
     * @param plan the compiled one's
     * @param retention how long the source keeps its binary logs now; empty for ever
     * @throws dev.sluice.api.error.StepException if the source cannot be read
     */
    public CopyEstimate estimate(CompiledPlan compiled, ReplicationPlan plan, Optional<Duration> retention) {
        List<Statistics.Table> statistics = copies(compiled) ? statistics(compiled, plan) : List.of();
        Sample sample = statistics.isEmpty() ? Sample.NONE : new ReadProbe(source).read(statistics);
        WriteProbe.Result written = write(compiled.replicaFacts(), sample);
        List<TableEstimate> tables = new TableEstimates(sample).of(statistics);
        Duration time = CopyTime.of(tables, sample, written.bytesPerSecond(), budget);
        Duration needed = NeededRetention.forCopyOf(time.multipliedBy(CopyEstimate.TIME_FACTOR));
        CopyProbe probe = new CopyProbe(
                sample.tables().size(),
                sample.rows(),
                sample.bytes(),
                sample.bytesPerSecond(),
                written.bytesPerSecond(),
                written.about());
        return new CopyEstimateValue(
                compiled.fingerprint(),
                clock.instant(),
                tables,
                probe,
                time,
                needed,
                retention.orElse(null),
                NeededRetention.problem(needed, retention, plan).map(List::of).orElse(List.<Problem>of()),
                notes(tables, sample, copies(compiled)));
    }

    private static boolean copies(CompiledPlan compiled) {
        return compiled.steps().stream()
                .flatMap(step -> step.operations().stream())
                .anyMatch(CopyOperation.class::isInstance);
    }

    private List<Statistics.Table> statistics(CompiledPlan compiled, ReplicationPlan plan) {
        ServerFacts facts = compiled.sourceFacts().orElseThrow();
        try (MySqlSession session = source.open(SessionUse.CONTROL)) {
            return Statistics.read(session, facts.version(), plan.scope());
        }
    }

    private WriteProbe.Result write(ServerFacts facts, Sample sample) {
        return replica == null
                ? WriteProbe.Result.none("it is not there yet")
                : new WriteProbe(replica, facts).send(sample.text());
    }

    private static List<String> notes(List<TableEstimate> tables, Sample sample, boolean copies) {
        List<String> notes = new ArrayList<>();
        if (!copies) {
            notes.add(
                    "The plan copies no rows by itself, so that there is nothing to estimate but the least retention.");
            return notes;
        }
        notes.addAll(sample.notes());
        long stale = tables.stream()
                .filter(table -> table.basis() == TableEstimate.Basis.FILE_SIZE)
                .count();
        if (stale > 0) {
            notes.add(stale
                    + " tables have statistics that are far behind their files; ANALYZE TABLE brings them up to date.");
        }
        notes.add("Rows are those of InnoDB's statistics unless a table was read whole, and can be wrong by half.");
        notes.add("The rows of the probe are the first of their tables, and can be narrower or wider than the rest.");
        notes.add("The load on either server at the time of the copy, and other traffic on the way, are not in it.");
        return notes;
    }
}
