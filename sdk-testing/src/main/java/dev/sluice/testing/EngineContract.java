// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import dev.sluice.core.Sluice;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every engine has to keep to, ours, the mock one and a third party's, as far as it shows without a server. Extend it in the engine's
 * tests:
 *
 * <pre>{@code
 * class MyEngineContractTest extends EngineContract {
 *     protected Engine engine() { return MyEngine.create(); }
 *     protected ReplicationPlan plan() { return ReplicationPlan.from(…).to(…); }   // both of them this engine's
 *     protected Endpoint endpoint(Secret password) { … }                           // one more of them
 *     protected ServerFacts sourceFacts() { … }
 *     protected ServerFacts replicaFacts() { … }
 * }
 * }</pre>
 *
 * <p>What it asks the engine to read from, it answers by these facts. It does not prove that the steps do on a server what they say; that takes
 * the server.
 */
public abstract class EngineContract extends EngineBehaviour {
    /** Rows without which no replication comes to be or to an end. */
    private static final List<GuideStep> INDISPENSABLE = List.of(
            GuideStep.RETAIN_BINLOGS,
            GuideStep.CREATE_REPLICATION_USER,
            GuideStep.ENABLE_REPLICATION,
            GuideStep.STOP_REPLICATION,
            GuideStep.RESET_REPLICA);

    /** For each check of the engine one, in both roles. None by default, for engines without checks. */
    protected List<CheckCase> checkCases() {
        return List.of();
    }

    @Test
    void eachCheckHasTwoSituations() {
        try (Engine engine = engine()) {
            assertThat(checkCases())
                    .extracting(CheckCase::check)
                    .containsExactlyInAnyOrderElementsOf(
                            checks(engine).stream().map(Check::id).toList());
        }
    }

    @Test
    void eachCheckFiresWhereItShouldAndIsSilentWhereItShouldBe() {
        try (Engine engine = engine()) {
            for (Check check : checks(engine)) {
                for (CheckCase one : casesOf(check)) {
                    assertThat(check.examine(one.fires()))
                            .as(check.id() + " fires")
                            .isNotEmpty()
                            .allSatisfy(finding -> {
                                assertThat(finding.check()).isEqualTo(check.id());
                                assertThat(finding.level()).isEqualTo(check.level());
                                assertThat(finding.problem().code()).isEqualTo(check.code());
                            });
                    assertThat(check.examine(one.silent()))
                            .as(check.id() + " is silent")
                            .isEmpty();
                }
            }
        }
    }

    private List<CheckCase> casesOf(Check check) {
        return checkCases().stream()
                .filter(one -> one.check().equals(check.id()))
                .toList();
    }

    @Test
    void isBuiltForThisSpi() {
        assertThat(engine().builtForSpi()).isBetween(Spi.OLDEST_SUPPORTED, Spi.LEVEL);
        assertThat(engine().id()).isEqualTo(engine().id());
    }

    @Test
    void itsEndpointsAreItsOwn() {
        assertThat(plan().source().engine()).isEqualTo(engine().id());
        assertThat(plan().replica().engine()).isEqualTo(engine().id());
    }

    @Test
    void itsEndpointsAreTheSameAfterBeingStored() {
        try (Engine engine = engine()) {
            for (Endpoint endpoint : List.of(plan().source(), plan().replica())) {
                assertThat(engine.endpoints().read(engine.endpoints().write(endpoint)))
                        .isEqualTo(endpoint);
            }
        }
    }

    @Test
    void eachStepIsFoundByAKeyOfItsOwn() {
        try (Engine engine = engine()) {
            List<Step> steps = steps(engine);
            assertThat(steps).extracting(Step::key).doesNotHaveDuplicates();
            assertThat(steps).allSatisfy(step -> assertThat(step.key().engine()).isEqualTo(engine.id()));
        }
    }

    @Test
    void eachRoleHasOneStepARow() {
        try (Engine engine = engine()) {
            assertThat(engine.sourceSteps()).extracting(Step::row).doesNotHaveDuplicates();
            assertThat(engine.replicaSteps()).extracting(Step::row).doesNotHaveDuplicates();
            assertThat(steps(engine)).extracting(Step::row).containsAll(INDISPENSABLE);
        }
    }

    @Test
    void waysToSeedAReplicaHaveNamesOfTheirOwnAndStandForTheRightRows() {
        try (Engine engine = engine()) {
            assertThat(engine.seedOffers())
                    .extracting(
                            offer -> offer.seed() + " as " + offer.artefact().name())
                    .doesNotHaveDuplicates();
            assertThat(engine.seedOffers()).extracting(SeedOffer::seed).doesNotContain(Seed.LOGICAL_COPY);
            assertThat(engine.seedOffers())
                    .allSatisfy(offer -> assertThat(offer.step().row()).isEqualTo(GuideStep.SNAPSHOT));
            assertThat(engine.seedAcceptances())
                    .allSatisfy(one -> assertThat(one.step().row()).isEqualTo(GuideStep.LOAD))
                    .extracting(SeedAcceptance::artefact)
                    .doesNotContain(Artefact.ROWS);
        }
    }

    @Test
    void asksForSomeLock() {
        try (Engine engine = engine()) {
            assertThat(engine.snapshotLocks()).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    @Test
    void compilesTheSamePlanToTheSame() {
        try (Sluice sluice = sluice()) {
            CompiledPlan first = compiled(sluice);
            CompiledPlan second = compiled(sluice);

            assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
            assertThat(second.explain().text()).isEqualTo(first.explain().text());
        }
    }

    @Test
    void isTheSameAfterBeingStored() {
        try (Sluice sluice = sluice()) {
            Plan plan = plan();
            assertThat(sluice.planFromJson(sluice.toJson(plan))).isEqualTo(plan);

            CompiledPlan compiled = compiled(sluice);
            CompiledPlan again = sluice.compiledPlanFromJson(sluice.toJson(compiled));
            assertThat(again.fingerprint()).isEqualTo(compiled.fingerprint());
            assertThat(again.explain().text()).isEqualTo(compiled.explain().text());
        }
    }

    @Test
    void saysWhatItDoes() {
        try (Sluice sluice = sluice()) {
            for (Operation operation : operations(compiled(sluice))) {
                assertThat(operation.info().purpose()).as(operation.id()).isNotBlank();
                assertThat(operation.preview()).as(operation.id()).isNotEmpty();
            }
        }
    }

    @Test
    void operationsOfAStepHaveNamesOfTheirOwn() {
        try (Sluice sluice = sluice()) {
            assertThat(compiled(sluice).steps())
                    .allSatisfy(step -> assertThat(step.operations())
                            .extracting(Operation::id)
                            .doesNotHaveDuplicates());
        }
    }

    @Test
    void whatInterruptsNeedsAConsent() {
        try (Sluice sluice = sluice()) {
            assertThat(operations(compiled(sluice)))
                    .filteredOn(operation -> operation.info().change() == Change.DISRUPTS)
                    .allSatisfy(operation -> assertThat(operation.info().consent())
                            .as(operation.id())
                            .isPresent());
        }
    }

    @Test
    void whatOnlyReadsHasNothingToUndo() {
        try (Sluice sluice = sluice()) {
            assertThat(operations(compiled(sluice)))
                    .filteredOn(operation -> operation.info().change() == Change.NOTHING)
                    .allSatisfy(operation -> assertThat(operation.info().undos())
                            .as(operation.id())
                            .isEmpty());
        }
    }
}
