// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.RunId;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who names no journal has one in the home directory, from the first run on: here a home of the test's own. */
@Timeout(60)
class JournalOfNobodysChoiceTest {
    private static final String HOME = "user.home";

    @TempDir
    Path home;

    private final String usual = System.getProperty(HOME);
    private final FakeEngine engine = new FakeEngine();
    private final ReplicationPlan plan = ReplicationPlan.from(new FakeServer("db1"))
            .to(new FakeServer("db2"))
            .until(GuideStep.ENABLE_REPLICATION);

    @BeforeEach
    void moveIn() {
        System.setProperty(HOME, home.toString());
    }

    @AfterEach
    void moveOut() {
        System.setProperty(HOME, usual);
    }

    private Sluice sluice() {
        return Sluice.builder()
                .engines(engine)
                .secrets(SecretResolver.withNamed(name -> "hunter2"))
                .build();
    }

    @Test
    void itIsMadeByTheFirstRunAndNotBefore() throws InterruptedException {
        RunId run;
        try (Sluice sluice = sluice()) {
            CompiledPlan compiled = sluice.compile(plan);
            sluice.preflight(compiled);
            assertThat(sluice.runs()).isEmpty();
            assertThat(home).isEmptyDirectory();

            run = sluice.start(compiled).await().id();

            assertThat(home.resolve(".sluice/journal/" + run + ".journal")).exists();
        }
        try (Sluice next = sluice()) {
            assertThat(next.runs()).extracting(RecordedRun::id).containsExactly(run);
        }
    }

    @Test
    void withoutAHomeTheFirstRunIsRefusedBeforeAnythingIsChanged() throws Exception {
        Files.delete(home);
        try (Sluice sluice = sluice()) {
            CompiledPlan compiled = sluice.compile(plan);

            assertThatThrownBy(() -> sluice.start(compiled))
                    .hasMessageContaining("CORE-870")
                    .hasMessageContaining("Journal.inMemory()");
        }
        assertThat(engine.log).isEmpty();
        Files.createDirectory(home);
    }
}
