// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.PLAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.operation.VerifyOperation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.VerifyPlan;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans that compare at one position, before they run. */
class StopAtPositionTest {
    private static final ReplicationPlan EXACT = PLAN.verifyAtOnePosition().allowVerificationLock();

    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(ExternalEngine.create())
            .build();

    @AfterEach
    void close() {
        sluice.close();
    }

    private CompiledPlan compile(Plan plan, String version) {
        return sluice.compile(
                plan,
                TestFacts.source(version).facts(),
                TestFacts.replica(version).facts());
    }

    private static VerifyOperation comparison(CompiledPlan compiled) {
        CompiledStep step = compiled.steps().get(compiled.steps().size() - 1);
        return (VerifyOperation) step.operations().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "5.7.22, STOP SLAVE SQL_THREAD FOR CHANNEL '', START SLAVE SQL_THREAD UNTIL MASTER_LOG_FILE",
        "8.0.31, STOP REPLICA SQL_THREAD FOR CHANNEL '', START REPLICA SQL_THREAD UNTIL SOURCE_LOG_FILE"
    })
    void thePreviewShowsHowTheApplierIsHeld(String version, String stop, String until) {
        CompiledPlan compiled = compile(new VerifyPlan(EXACT), version);

        assertThat(compiled.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.row()).isEqualTo(GuideStep.VERIFY));
        assertThat(comparison(compiled).preview())
                .contains(stop, "FLUSH TABLES WITH READ LOCK", "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
                .anyMatch(line -> line.startsWith(until + " = <coordinates of the comparison: file>"));
        assertThat(compiled.explain().text()).contains("Compare ", "stands still until");
    }

    @Test
    void whatWasStoppedIsGuarded() {
        assertThat(comparison(compile(new VerifyPlan(EXACT), "8.0.31"))
                        .exact()
                        .orElseThrow()
                        .applier()
                        .guards())
                .hasSize(2)
                .allSatisfy(guard -> {
                    assertThat(guard.scope()).isEqualTo(UndoScope.GUARD);
                    assertThat(guard.onlyIf()).isPresent();
                });
    }

    @Test
    void itIsReadBackAsItWas() {
        CompiledPlan compiled = compile(new VerifyPlan(EXACT), "8.0.31");

        CompiledPlan read = sluice.compiledPlanFromJson(sluice.toJson(compiled));

        assertThat(read.steps()).isEqualTo(compiled.steps());
        assertThat(sluice.planFromJson(sluice.toJson(EXACT))).isEqualTo(EXACT);
        assertThat(sluice.planFromJson(sluice.toJson(new VerifyPlan(EXACT)))).isEqualTo(new VerifyPlan(EXACT));
    }

    @Test
    void withoutTheConsentItIsRefused() {
        assertThatThrownBy(() -> compile(new VerifyPlan(PLAN.verifyAtOnePosition()), "8.0.31"))
                .isInstanceOf(PlanRejectedException.class)
                .hasMessageContaining("allowVerificationLock()");
    }

    @Test
    void theLiveWayNeedsNoConsentAndHoldsNothing() {
        assertThat(comparison(compile(new VerifyPlan(PLAN), "8.0.31")).exact()).isEmpty();
    }
}
