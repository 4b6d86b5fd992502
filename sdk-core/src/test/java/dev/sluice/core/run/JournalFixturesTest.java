// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.FileJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Journals in all forms that there have been, of a run that failed at its last row, are resumed by today's code.
 * {@code -Dsluice.fixtures.write=true} writes that of the latest form; the others stay as they are.
 */
@Timeout(60)
class JournalFixturesTest {
    private static final Path FIXTURES = Path.of("src", "test", "resources", "journals");
    private static final String LATEST = "0.1.0-2";
    private static final String FILE = "r-20261122-000000-000001.journal";
    private static final RunId RUN = new RunId("r-20261122-000000-000001");
    private static final Set<String> DONE_BEFORE =
            Set.of("ENABLE_BINLOG", "RETAIN_BINLOGS", "CREATE_REPLICATION_USER", "PREPARE_REPLICA");

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();

    private Sluice sluice(Path where) {
        return Sluice.builder()
                .engines(engine)
                .journal(FileJournal.in(where))
                .secrets(SecretResolver.withNamed(name -> "hunter2"))
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", LATEST})
    void isResumed(String form) throws Exception {
        Files.copy(FIXTURES.resolve(form).resolve(FILE), folder.resolve(FILE));
        engine.applied.addAll(DONE_BEFORE);

        try (Sluice sluice = sluice(folder)) {
            RunResult result = sluice.resume(RUN).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.coordinates()).isPresent();
            assertThat(result.rowsCopied()).isEqualTo(form.equals(LATEST) ? 5 : 0);
            assertThat(result.left()).isEmpty();
        }
        assertThat(engine.log).doesNotContainAnyElementsOf(DONE_BEFORE).contains("ENABLE_REPLICATION");
        // A temporary change of the first process.
        assertThat(engine.applied).doesNotContain("PREPARE_REPLICA").contains("CREATE_REPLICATION_USER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", LATEST})
    void isAbandoned(String form) throws Exception {
        Files.copy(FIXTURES.resolve(form).resolve(FILE), folder.resolve(FILE));
        engine.applied.addAll(DONE_BEFORE);

        try (Sluice sluice = sluice(folder)) {
            assertThat(sluice.abandon(RUN).left()).isEmpty();
        }

        assertThat(engine.applied).containsExactlyInAnyOrder("ENABLE_BINLOG", "RETAIN_BINLOGS");
    }

    @Test
    void theLatestFormHasOne() throws IOException {
        Path fixture = FIXTURES.resolve(LATEST).resolve(FILE);
        if (Boolean.getBoolean("sluice.fixtures.write")) {
            Files.createDirectories(fixture.getParent());
            Files.write(fixture, written());
        }
        assertThat(fixture).exists();
    }

    private List<String> written() throws IOException {
        engine.undoScopes.put(GuideStep.CREATE_REPLICATION_USER, UndoScope.ROLLBACK);
        engine.undoScopes.put(GuideStep.PREPARE_REPLICA, UndoScope.TEMPORARY);
        engine.before(GuideStep.ENABLE_REPLICATION, () -> {
            throw new StepRefusedException(Problem.of(RunCode.BUG, "planted"));
        });
        try (Sluice sluice = sluice(folder)) {
            ReplicationRun run = sluice.start(sluice.compile(ReplicationPlan.from(new FakeServer("db1"))
                    .to(new FakeServer("db2"))
                    .until(GuideStep.ENABLE_REPLICATION)));
            run.completion().toCompletableFuture().join();
            return Files.readAllLines(folder.resolve(run.id() + ".journal"));
        }
    }
}
