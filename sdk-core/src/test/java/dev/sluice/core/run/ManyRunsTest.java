// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.SluiceBuilder;
import dev.sluice.core.journal.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two hundred runs of one Sluice at once. */
@Timeout(120)
class ManyRunsTest {
    private static final int RUNS = 200;

    /** Timers of the Sluice, and those that ask two servers for facts. */
    private static final int SHARED = 8;

    /** Of other tests, which may be about to end. */
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    private final AtomicInteger ended = new AtomicInteger();
    private final FakeEngine engine = new FakeEngine();

    private SluiceBuilder builder() {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(name -> "hunter2"))
                .listener(event -> {
                    if (event instanceof RunEvent.RunFinished) {
                        ended.incrementAndGet();
                    }
                });
    }

    private static List<ReplicationRun> start(Sluice sluice, ReplicationPlan plan) {
        var compiled = sluice.compile(plan);
        var report = sluice.preflight(compiled);
        List<ReplicationRun> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(sluice.start(compiled, report));
        }
        return runs;
    }

    private static ReplicationPlan plan() {
        return ReplicationPlan.from(new FakeServer("db1"))
                .to(new FakeServer("db2"))
                .until(GuideStep.ENABLE_REPLICATION);
    }

    private long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> thread.getName().startsWith("sluice-")
                        || thread.getName().startsWith("host-"))
                .count();
    }

    @Test
    void eachHasAThreadAndOneForItsEventsAndAllShareTheirTimers() throws Exception {
        try (Sluice sluice = builder().build()) {
            List<ReplicationRun> runs = start(sluice, plan().pauseBefore(GuideStep.RETAIN_BINLOGS));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> runs.stream().allMatch(run -> run.status().state() == RunState.PAUSED));

            assertThat(threads()).isBetween(2L * RUNS, 2L * RUNS + SHARED);

            runs.forEach(ReplicationRun::proceed);
            for (ReplicationRun run : runs) {
                assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            }
        }
        assertNoThreadIsLeft();
        assertThat(ended).hasValue(RUNS);
    }

    @Test
    void anExecutorOfTheHostBoundsThem() throws Exception {
        int most = 10;
        AtomicInteger number = new AtomicInteger();
        ExecutorService hosts =
                Executors.newFixedThreadPool(most, work -> new Thread(work, "host-" + number.incrementAndGet()));
        AtomicLong peak = new AtomicLong();
        try (Sluice sluice = builder()
                .executor(hosts)
                .listener(event -> {
                    if (event instanceof RunEvent.StepFinished) {
                        peak.accumulateAndGet(threads(), Math::max);
                    }
                })
                .build()) {
            for (ReplicationRun run : start(sluice, plan())) {
                assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            }
        } finally {
            hosts.shutdown();
        }

        assertThat(hosts.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        // One for the run, one for its events, and for a moment one that ends.
        assertThat(peak.get()).isBetween(2L, 3L * most + SHARED);
        assertNoThreadIsLeft();
        assertThat(ended).hasValue(RUNS);
    }

    @Test
    void closingThemTakesAsLongAsClosingOne() {
        Sluice sluice = builder().build();
        List<ReplicationRun> runs = start(sluice, plan().pauseBefore(GuideStep.RETAIN_BINLOGS));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> runs.stream().allMatch(run -> run.status().state() == RunState.PAUSED));

        long began = System.nanoTime();
        sluice.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(runs).allMatch(run -> run.status().state() == RunState.FAILED);
        assertNoThreadIsLeft();
    }

    private void assertNoThreadIsLeft() {
        await().atMost(Duration.ofSeconds(10)).until(() -> threads() == 0);
    }
}
