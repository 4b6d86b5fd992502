// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.PLAN;
import static dev.sluice.external.Scenario.replica;
import static dev.sluice.external.Scenario.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.CheckDescription;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which checks a plan may leave out, and how it says so. */
class SkippedChecksTest {
    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(ExternalEngine.create())
            .build();

    @AfterEach
    void close() {
        sluice.close();
    }

    private CompiledPlan compiled(ReplicationPlan plan) {
        return sluice.compile(plan, source().facts(), replica().facts());
    }

    @Test
    void whatCanBeLeftOutIsListedWithTheEnginesOwn() {
        assertThat(sluice.checks()).extracting(CheckDescription::id).doesNotHaveDuplicates();
        assertThat(sluice.checks())
                .filteredOn(CheckDescription::canBeSkipped)
                .extracting(CheckDescription::id)
                .contains("no-primary-key", "source-logs-passwords", "reach-unproven")
                .doesNotContain("replica-holds-data", "no-tls");
    }

    @Test
    void aPlanThatLeavesChecksOutShowsIt() {
        ReplicationPlan plan = PLAN.skipChecks("no-primary-key").skipChecks("source-logs-passwords");

        assertThat(compiled(plan).explain().text()).contains("Checks left out: no-primary-key, source-logs-passwords");
        assertThat(compiled(PLAN).explain().text()).doesNotContain("Checks left out");
        assertThat(compiled(plan).fingerprint()).isEqualTo(compiled(PLAN).fingerprint());
    }

    @Test
    void itIsTheSameAfterBeingStored() {
        ReplicationPlan plan = PLAN.skipChecks("no-primary-key", "long-statements");

        assertThat(sluice.planFromJson(sluice.toJson(plan))).isEqualTo(plan);
        assertThat(sluice.planFromJson(sluice.toJson(PLAN).replaceAll(",\\s*\"skipped-checks\" : \\[[^]]*]", "")))
                .as("as an earlier release wrote it")
                .isEqualTo(PLAN);
    }

    @Test
    void idsThatDoNotExistOrProtectDataAreRefusedTogether() {
        PlanRejectedException refused = catchThrowableOfType(
                PlanRejectedException.class,
                () -> compiled(PLAN.skipChecks("no-such-check", "replica-holds-data", "no-tls", "no-primary-key")));

        assertThat(refused.problems())
                .extracting(problem -> problem.code().id())
                .containsExactly("CORE-752", "CORE-753", "CORE-753");
        assertThat(refused.problems().get(0).what()).contains("no-such-check");
        assertThat(refused.problems().get(2).what()).contains("replica-holds-data");
    }

    @Test
    void aReportWithoutSomeChecksIsNotEnoughForAPlanThatWantsThem() {
        CompiledPlan all = compiled(PLAN);
        PreflightReport report =
                new PreflightReport(all.fingerprint(), Instant.now(), List.of(), List.of("no-primary-key"), List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sluice.start(all, report))
                .withMessageContaining("no-primary-key");
    }
}
