// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.StepContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes checks one after the other, each within its time, on a thread of its own. A check that fails, or does not end, becomes a
 * finding: what could not be looked at is told like what was found. Not thread-safe.
 */
final class CheckRunner implements AutoCloseable {
    private final CompiledPlan compiled;
    private final StepContext context;
    private final CheckServers servers;
    private final Duration limit;
    private Bench bench;

    /** What checks are made on; left to a check that does not end, so that the next one does not meet it. */
    private record Bench(ExecutorService worker, CheckSessions sessions) {}

    CheckRunner(CompiledPlan compiled, StepContext context, CheckServers servers, Duration limit) {
        this.compiled = compiled;
        this.context = context;
        this.servers = servers;
        this.limit = limit;
        this.bench = newBench(servers);
    }

    private static Bench newBench(CheckServers servers) {
        return new Bench(Executors.newSingleThreadExecutor(CheckRunner::thread), new CheckSessions(servers));
    }

    /** One that keeps no JVM alive. */
    static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sluice-preflight");
        thread.setDaemon(true);
        return thread;
    }

    /** What a check finds, and what became of it. */
    List<Finding> run(Check check) {
        if (Thread.currentThread().isInterrupted()) {
            // A check that ends at once would not notice, and a report without it must not pass.
            return List.of(FailedCheck.interrupted(check));
        }
        CheckContext live = new CheckContext(compiled, context, bench.sessions());
        Future<List<Finding>> findings = bench.worker().submit(() -> check.examine(live));
        try {
            return findings.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            bench.sessions().close();
            return List.of(FailedCheck.of(check, failed.getCause()));
        } catch (TimeoutException late) {
            giveUp();
            return List.of(FailedCheck.late(check, limit));
        } catch (InterruptedException interrupted) {
            giveUp();
            Thread.currentThread().interrupt();
            return List.of(FailedCheck.interrupted(check));
        }
    }

    private void giveUp() {
        bench.worker().shutdownNow();
        bench.sessions().abort();
        bench = newBench(servers);
    }

    @Override
    public void close() {
        bench.worker().shutdownNow();
        bench.sessions().close();
    }
}
