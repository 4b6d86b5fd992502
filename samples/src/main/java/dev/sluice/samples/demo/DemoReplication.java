// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunListener;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.console.ConsoleProgress;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import dev.sluice.rds.RdsEngine;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One replication from its preview to its end, or until nothing is left of it. */
final class DemoReplication {
    /** MySQL's own, in seconds. */
    private static final long USUAL_RETENTION = 2_592_000;

    private final Sluice sluice;
    private final ReplicationPlan plan;
    private final PrintStream out;
    private final CompiledPlan compiled;
    private @Nullable PreflightReport preflight;
    private @Nullable ReplicationRun run;

    DemoReplication(Sluice sluice, ReplicationPlan plan, PrintStream out) {
        this.sluice = sluice;
        this.plan = plan;
        this.out = out;
        this.compiled = sluice.compile(plan);
    }

    /** As it will be carried out. */
    CompiledPlan compiled() {
        return compiled;
    }

    /** What was found, errors included; {@link #run} does not begin with them. */
    PreflightReport preflight() {
        PreflightReport report = sluice.preflight(compiled);
        preflight = report;
        return report;
    }

    /** @param more are told what happens as well */
    RunResult run(RunListener... more) throws InterruptedException {
        PreflightReport passed = preflight == null ? preflight() : preflight;
        try (ConsoleProgress progress = ConsoleProgress.on(out)) {
            RunListener[] all =
                    Stream.concat(Stream.of(progress), Stream.of(more)).toArray(RunListener[]::new);
            ReplicationRun begun = sluice.start(compiled, passed, all);
            run = begun;
            return begun.await();
        }
    }

    LiveReplication live() {
        return sluice.live(plan);
    }

    /** Ends a replication that runs, and restores what the source was like before. */
    void end() throws InterruptedException {
        EndPlan end = EndPlan.of(plan.replica())
                .source(plan.source())
                .dropReplicationUser(
                        plan.replicationAccount().user(),
                        plan.replicationAccount()
                                .host()
                                .orElseGet(() ->
                                        plan.replica().address().orElseThrow().host()));
        for (Consent consent : plan.consents()) {
            end = end.allow(consent);
        }
        end = restoring(end, compiled.sourceFacts().orElseThrow());
        try (ConsoleProgress progress = ConsoleProgress.on(out)) {
            sluice.start(sluice.compile(end), progress).await();
        }
    }

    private static EndPlan restoring(EndPlan end, ServerFacts before) {
        if (before.engine().equals(RdsEngine.ID) || before.engine().equals(AuroraEngine.ID)) {
            // A day or so, AWS's own choice; the demo has not set another.
            return end.restoreDefaultRetention();
        }
        long seconds = number(before, "binlog_expire_logs_seconds");
        long days = number(before, "expire_logs_days");
        if (seconds == USUAL_RETENTION) {
            return end.restoreDefaultRetention();
        }
        Duration retention = seconds > 0 ? Duration.ofSeconds(seconds) : Duration.ofDays(days);
        // Without a limit none was set.
        return retention.isZero() ? end : end.restoreRetention(retention);
    }

    private static long number(ServerFacts facts, String variable) {
        return facts.variable(variable).map(Long::parseLong).orElse(0L);
    }

    /** Ends it if the run came that far; otherwise has the run undo what it did. */
    void takeBack() throws InterruptedException {
        ReplicationRun begun = run;
        if (begun == null) {
            return;
        }
        Optional<RunResult> result = ended(begun);
        if (result.filter(known -> known.state() == RunState.SUCCEEDED).isPresent()) {
            end();
        } else {
            begun.abandon().left().forEach(left -> out.println("  " + left));
        }
    }

    /** Who is interrupted while the run goes on has it cancelled. */
    private static Optional<RunResult> ended(ReplicationRun run) {
        run.cancel();
        try {
            return Optional.of(run.completion().toCompletableFuture().join());
        } catch (CompletionException defect) {
            return Optional.empty();
        }
    }
}
