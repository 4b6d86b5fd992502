// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.operation.Question;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who said that an action was done is in the journal. */
@Timeout(60)
class ConfirmTest {
    private final FakeEngine engine = new FakeEngine();
    private final Journal journal = Journal.inMemory();
    private final Sluice sluice = Sluice.builder()
            .engines(engine)
            .journal(journal)
            .secrets(SecretResolver.withNamed(name -> "hunter2"))
            .build();

    @AfterEach
    void close() {
        sluice.close();
    }

    private ReplicationRun waiting() {
        engine.byPerson.add(GuideStep.RETAIN_BINLOGS);
        ReplicationRun run = sluice.start(sluice.compile(ReplicationPlan.from(new FakeServer("db1"))
                .to(new FakeServer("db2"))
                .until(GuideStep.ENABLE_REPLICATION)));
        await().atMost(Duration.ofSeconds(20)).until(() -> !run.pendingActions().isEmpty());
        return run;
    }

    @Test
    void whoConfirmedWhatIsJournaledBeforeTheRunGoesOn() throws InterruptedException {
        ReplicationRun run = waiting();
        String action = run.pendingActions().get(0).id();

        run.confirm(action, "ada");
        assertThat(journal.read(run.id()))
                .filteredOn(JournalRecord.ActionConfirmed.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(JournalRecord.ActionConfirmed.class, confirmed -> {
                    assertThat(confirmed.action()).isEqualTo(action);
                    assertThat(confirmed.by()).isEqualTo("ada");
                });

        engine.applied.add("RETAIN_BINLOGS");
        assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aQuestionIsAnsweredByWhatItAsksForAndTheStepIsTold() throws InterruptedException {
        engine.question = new Question("the file", "bin\\.[0-9]+");
        ReplicationRun run = waiting();
        PendingAction action = run.pendingActions().get(0);
        assertThat(action.question()).contains(engine.question);

        assertThatThrownBy(() -> run.confirm(action.id(), "ada"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the file");
        assertThatThrownBy(() -> run.confirm(action.id(), "ada", "done")).isInstanceOf(IllegalArgumentException.class);
        assertThat(journal.read(run.id())).noneMatch(JournalRecord.ActionConfirmed.class::isInstance);
        run.confirm(action.id(), "ada", "bin.000007");

        assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(engine.told).containsExactly("bin.000007");
        assertThat(journal.read(run.id()))
                .filteredOn(JournalRecord.ActionConfirmed.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        JournalRecord.ActionConfirmed.class,
                        confirmed -> assertThat(confirmed.answer()).isEqualTo("bin.000007"));
    }

    @Test
    void whoIsAskedNothingTellsNothing() {
        ReplicationRun run = waiting();
        String action = run.pendingActions().get(0).id();

        assertThatThrownBy(() -> run.confirm(action, "ada", "bin.000007"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("asks nothing");
    }

    @Test
    void whatIsNotPendingIsNotConfirmed() {
        ReplicationRun run = waiting();

        assertThatThrownBy(() -> run.confirm("something-else", "ada")).isInstanceOf(IllegalArgumentException.class);

        assertThat(journal.read(run.id())).noneMatch(JournalRecord.ActionConfirmed.class::isInstance);
    }
}
