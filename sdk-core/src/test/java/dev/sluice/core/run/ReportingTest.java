// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunReporter;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each run, whoever began it, has a listener that knows from the start what it does. */
@Timeout(60)
class ReportingTest {
    private final FakeEngine engine = new FakeEngine();
    private final Journal journal = Journal.inMemory();
    private final ReplicationPlan plan = ReplicationPlan.from(new FakeServer("db1"))
            .to(new FakeServer("db2"))
            .until(GuideStep.ENABLE_REPLICATION);
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    private record Asked(CompiledPlan compiled, Optional<PreflightReport> found, List<RunEvent> heard) {
        List<RunState> ends() {
            return heard.stream()
                    .filter(RunEvent.RunFinished.class::isInstance)
                    .map(event -> ((RunEvent.RunFinished) event).result().state())
                    .toList();
        }
    }

    private Sluice sluice(RunReporter reporter) {
        return Sluice.builder()
                .engines(engine)
                .journal(journal)
                .secrets(SecretResolver.withNamed(name -> "hunter2"))
                .reports(reporter)
                .build();
    }

    private Sluice asking() {
        return sluice((compiled, found) -> {
            Asked about = new Asked(compiled, found, Collections.synchronizedList(new ArrayList<>()));
            asked.add(about);
            return about.heard()::add;
        });
    }

    private static RunResult end(ReplicationRun run) {
        return run.completion().toCompletableFuture().join();
    }

    private RunId failed(Sluice sluice) {
        engine.before(GuideStep.ENABLE_REPLICATION, () -> {
            throw new StepRefusedException(Problem.of(RunCode.BUG, "planted"));
        });
        ReplicationRun run = sluice.start(sluice.compile(plan));
        assertThat(end(run).state()).isEqualTo(RunState.FAILED);
        return run.id();
    }

    @Test
    void aNewRunIsToldWithWhatThePreflightFound() {
        try (Sluice sluice = asking()) {
            CompiledPlan compiled = sluice.compile(plan);
            PreflightReport found = sluice.preflight(compiled);
            end(sluice.start(compiled, found));

            assertThat(asked).singleElement().satisfies(one -> {
                assertThat(one.compiled()).isSameAs(compiled);
                assertThat(one.found()).containsSame(found);
            });
        }
        assertThat(asked.get(0).ends()).containsExactly(RunState.SUCCEEDED);
        assertThat(asked.get(0).heard().get(0)).isInstanceOf(RunEvent.RunStarted.class);
    }

    @Test
    void eachRunHasAListenerOfItsOwn() {
        try (Sluice sluice = asking()) {
            end(sluice.start(sluice.compile(plan)));
            end(sluice.start(sluice.compile(plan)));
        }

        assertThat(asked)
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.heard())
                        .extracting(RunEvent::run)
                        .containsOnly(one.heard().get(0).run()));
        assertThat(asked.get(0).heard().get(0).run())
                .isNotEqualTo(asked.get(1).heard().get(0).run());
    }

    @Test
    void aRunOfAnotherProcessIsToldWithoutFindings() throws InterruptedException {
        RunId run;
        try (Sluice first = asking()) {
            run = failed(first);
        }

        try (Sluice second = asking()) {
            second.resume(run).await();
        }

        assertThat(asked).hasSize(2);
        assertThat(asked.get(1).found()).isEmpty();
        assertThat(asked.get(1).compiled().fingerprint())
                .isEqualTo(asked.get(0).compiled().fingerprint());
        assertThat(asked.get(1).heard().get(0)).isInstanceOf(RunEvent.RunResumed.class);
        assertThat(asked.get(1).ends()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void aRunThatAnotherProcessTakesBackIsToldToo() throws InterruptedException {
        RunId run;
        try (Sluice first = asking()) {
            run = failed(first);
        }

        try (Sluice second = asking()) {
            second.abandon(run);
        }

        assertThat(asked).hasSize(2);
        assertThat(asked.get(1).found()).isEmpty();
        assertThat(asked.get(1).ends()).containsExactly(RunState.ABANDONED);
    }

    @Test
    void whoThrowsInsteadOfListeningHarmsNoRun() {
        RunReporter throwing = (compiled, found) -> {
            throw new IllegalStateException("no disk");
        };
        try (Sluice sluice = sluice(throwing)) {
            assertThat(end(sluice.start(sluice.compile(plan))).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }
}
