// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operation whose answer was lost, which was not applied and is done once more: it is undone once. */
@Timeout(60)
class RepeatedOperationTest {
    private static final String UNDO = "undo CREATE_REPLICATION_USER";

    private final FakeEngine engine = new FakeEngine();
    private final Journal journal = Journal.inMemory();
    private final Sluice sluice = Sluice.builder()
            .engines(engine)
            .journal(journal)
            .secrets(SecretResolver.withNamed(name -> "hunter2"))
            .build();

    @BeforeEach
    void theFirstQuestionIsLost() {
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.before(GuideStep.CREATE_REPLICATION_USER, () -> {
            throw new StepOutcomeUnknownException(planted());
        });
    }

    @AfterEach
    void close() {
        sluice.close();
    }

    private static Problem planted() {
        return Problem.of(RunCode.BUG, "planted");
    }

    private ReplicationRun failed() {
        ReplicationRun run = sluice.start(sluice.compile(ReplicationPlan.from(new FakeServer("db1"))
                .to(new FakeServer("db2"))
                .until(GuideStep.ENABLE_REPLICATION)));
        assertThatThrownBy(run::await).isInstanceOf(RunStoppedException.class);
        return run;
    }

    @Test
    void itsUndoIsWrittenDownAndPlayedOnce() throws InterruptedException {
        engine.before(GuideStep.ENABLE_REPLICATION, () -> {
            throw new StepRefusedException(planted());
        });
        ReplicationRun run = failed();

        assertThat(run.abandon().undone()).containsExactly(UNDO);

        assertThat(engine.log).containsOnlyOnce(UNDO);
        assertThat(journal.read(run.id()))
                .filteredOn(JournalRecord.UndoRegistered.class::isInstance)
                .hasSize(1);
    }

    /** The question that was lost may still arrive. */
    @Test
    void aSecondTryThatIsRefusedDoesNotForgetTheFirst() throws InterruptedException {
        engine.before(GuideStep.CREATE_REPLICATION_USER, () -> {
            throw new StepRefusedException(planted());
        });

        assertThat(failed().abandon().undone()).containsExactly(UNDO);
    }
}
