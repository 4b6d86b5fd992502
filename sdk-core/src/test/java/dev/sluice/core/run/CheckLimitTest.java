// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.Sluice;
import dev.sluice.core.SluiceBuilder;
import dev.sluice.core.journal.Journal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host says how long each check of a preflight may take. */
@Timeout(60)
class CheckLimitTest {
    private final FakeEngine engine = new FakeEngine();
    private final ReplicationPlan plan = ReplicationPlan.from(new FakeServer("db1"))
            .to(new FakeServer("db2"))
            .until(GuideStep.ENABLE_REPLICATION);

    private record Slow(Duration time) implements Check {
        @Override
        public String id() {
            return "slow";
        }

        @Override
        public Level level() {
            return Level.WARNING;
        }

        @Override
        public ErrorCode code() {
            return RunCode.BUG;
        }

        @Override
        public List<Finding> examine(LiveContext context) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        }
    }

    private SluiceBuilder builder() {
        return Sluice.builder()
                .engines(engine)
                .journal(Journal.inMemory())
                .secrets(SecretResolver.withNamed(name -> "hunter2"));
    }

    private List<String> late(SluiceBuilder builder) {
        try (Sluice sluice = builder.build()) {
            return sluice.preflight(sluice.compile(plan)).findings().stream()
                    .filter(finding -> finding.check().equals("slow"))
                    .map(Finding::evidence)
                    .toList();
        }
    }

    @Test
    void aCheckHasSoLongAsTheHostSays() {
        engine.checks.add(new Slow(Duration.ofMillis(1500)));

        assertThat(late(builder().checkLimit(Duration.ofSeconds(1))))
                .singleElement()
                .satisfies(evidence -> assertThat(evidence).contains("slow", "within 1 s"));
        assertThat(late(builder())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT1H0.001S", "PT-5S"})
    void whatMakesNoSenseIsRefused(String limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().checkLimit(Duration.parse(limit)))
                .withMessageContaining("1 s to 1 h");
    }
}
