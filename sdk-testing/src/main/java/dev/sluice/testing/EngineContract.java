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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /**
     * Journals of {@link #plan()} that releases have written, oldest first, in the resources of the engine's tests: a run that one release has begun is
     * gone on with by the next. Where the form of a plan changes, give the new one another name and keep the old. {@code -Dsluice.fixtures.write=true}
     * writes the last one. None by default.
     */
    protected List<Path> journals() {
        return List.of();
    }

    @Test
    void journalsOfEarlierReleasesAreRead(@TempDir Path folder) throws IOException {
        try (Sluice sluice = sluice()) {
            for (Path journal : journals()) {
                new StoredRun(journal, Files.createTempDirectory(folder, "read")).assertKnownTo(sluice);
            }
        }
    }

    @Test
    void theLatestFormHasAJournal(@TempDir Path folder) {
        if (journals().isEmpty()) {
            return;
        }
        Path latest = journals().get(journals().size() - 1);
        if (Boolean.getBoolean("sluice.fixtures.write")) {
            try (Sluice sluice = sluice()) {
                new StoredRun(latest, folder).write(sluice, compiled(sluice));
            }
        }
        assertThat(latest).exists();
    }

    @Test
    void eachCheckHasTwoSituations() {
        try (Engine engine = engine()) {
            assertThat(checkCases())
                    .extracting(CheckCase::check)
                    .as("the checks of checkCases(), which has one for each check of the engine")
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
        assertThat(engine().builtForSpi())
                .as("builtForSpi(), between the oldest SPI that is supported and today's")
                .isBetween(Spi.OLDEST_SUPPORTED, Spi.LEVEL);
        assertThat(engine().id()).as("id(), asked twice").isEqualTo(engine().id());
    }

    @Test
    void itsEndpointsAreItsOwn() {
        assertThat(plan().source().engine())
                .as("the engine that the endpoint of the plan's source names")
                .isEqualTo(engine().id());
        assertThat(plan().replica().engine())
                .as("the engine that the endpoint of the plan's replica names")
                .isEqualTo(engine().id());
    }

    @Test
    void itsEndpointsAreTheSameAfterBeingStored() {
        try (Engine engine = engine()) {
            for (Endpoint endpoint : List.of(plan().source(), plan().replica())) {
                assertThat(engine.endpoints().read(engine.endpoints().write(endpoint)))
                        .as("%s, written and read by endpoints()", endpoint.label())
                        .isEqualTo(endpoint);
            }
        }
    }

    @Test
    void eachStepIsFoundByAKeyOfItsOwn() {
        try (Engine engine = engine()) {
            List<Step> steps = steps(engine);
            assertThat(steps).extracting(Step::key).as("keys of the steps").doesNotHaveDuplicates();
            assertThat(steps)
                    .extracting(Step::key)
                    .filteredOn(key -> !key.engine().equals(engine.id()))
                    .as("keys of steps that carry another id than the engine's, %s", engine.id())
                    .isEmpty();
        }
    }

    @Test
    void eachRoleHasOneStepARow() {
        try (Engine engine = engine()) {
            assertThat(engine.sourceSteps())
                    .extracting(Step::row)
                    .as("rows of sourceSteps()")
                    .doesNotHaveDuplicates();
            assertThat(engine.replicaSteps())
                    .extracting(Step::row)
                    .as("rows of replicaSteps()")
                    .doesNotHaveDuplicates();
            assertThat(steps(engine))
                    .extracting(Step::row)
                    .as("rows that the engine has a step for, in either role")
                    .containsAll(INDISPENSABLE);
        }
    }

    @Test
    void waysToSeedAReplicaHaveNamesOfTheirOwnAndStandForTheRightRows() {
        try (Engine engine = engine()) {
            assertThat(engine.seedOffers())
                    .extracting(
                            offer -> offer.seed() + " as " + offer.artefact().name())
                    .as("ways of seedOffers()")
                    .doesNotHaveDuplicates();
            assertThat(engine.seedOffers())
                    .extracting(SeedOffer::seed)
                    .as("seeds of seedOffers(); the logical copy is core's")
                    .doesNotContain(Seed.LOGICAL_COPY);
            assertThat(engine.seedOffers())
                    .as("rows of seedOffers()")
                    .allSatisfy(offer -> assertThat(offer.step().row()).isEqualTo(GuideStep.SNAPSHOT));
            assertThat(engine.seedAcceptances())
                    .as("rows and artefacts of seedAcceptances()")
                    .allSatisfy(one -> assertThat(one.step().row()).isEqualTo(GuideStep.LOAD))
                    .extracting(SeedAcceptance::artefact)
                    .doesNotContain(Artefact.ROWS);
        }
    }

    @Test
    void asksForSomeLock() {
        try (Engine engine = engine()) {
            assertThat(engine.snapshotLocks())
                    .as("snapshotLocks(), the locks that a snapshot may take")
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void compilesTheSamePlanToTheSame() {
        try (Sluice sluice = sluice()) {
            CompiledPlan first = compiled(sluice);
            CompiledPlan second = compiled(sluice);

            assertThat(otherLines(first, second))
                    .as("lines that differ in the previews of one plan that is compiled twice")
                    .isEmpty();
            assertThat(second.fingerprint())
                    .as("the fingerprint of one plan that is compiled twice")
                    .isEqualTo(first.fingerprint());
        }
    }

    /** What either preview has alone; the other lines would hide it. The fingerprint is looked at by itself. */
    private static List<String> otherLines(CompiledPlan one, CompiledPlan other) {
        List<String> lines = one.explain().text().lines().toList();
        List<String> others = other.explain().text().lines().toList();
        return Stream.concat(
                        lines.stream().filter(line -> !others.contains(line)),
                        others.stream().filter(line -> !lines.contains(line)))
                .filter(line -> !line.contains("Fingerprint: "))
                .toList();
    }

    @Test
    void isTheSameAfterBeingStored() {
        try (Sluice sluice = sluice()) {
            Plan plan = plan();
            assertThat(sluice.planFromJson(sluice.toJson(plan)))
                    .as("the plan, as JSON and back")
                    .isEqualTo(plan);

            CompiledPlan compiled = compiled(sluice);
            CompiledPlan again = sluice.compiledPlanFromJson(sluice.toJson(compiled));
            assertThat(otherLines(compiled, again))
                    .as("lines of the preview that differ after the compiled plan was JSON")
                    .isEmpty();
            assertThat(again.fingerprint())
                    .as("the fingerprint of the compiled plan, as JSON and back")
                    .isEqualTo(compiled.fingerprint());
        }
    }

    @Test
    void saysWhatItDoes() {
        try (Sluice sluice = sluice()) {
            for (Operation operation : operations(compiled(sluice))) {
                assertThat(operation.info().purpose())
                        .as("the purpose of '%s'", operation.id())
                        .isNotBlank();
                assertThat(operation.preview())
                        .as("the preview of '%s'", operation.id())
                        .isNotEmpty();
            }
        }
    }

    @Test
    void operationsOfAStepHaveNamesOfTheirOwn() {
        try (Sluice sluice = sluice()) {
            assertThat(compiled(sluice).steps())
                    .allSatisfy(step -> assertThat(step.operations())
                            .extracting(Operation::id)
                            .as("ids of the operations of %s", step.row())
                            .doesNotHaveDuplicates());
        }
    }

    @Test
    void whatInterruptsNeedsAConsent() {
        try (Sluice sluice = sluice()) {
            assertThat(operations(compiled(sluice)))
                    .filteredOn(operation -> operation.info().change() == Change.DISRUPTS)
                    .allSatisfy(operation -> assertThat(operation.info().consent())
                            .as("the consent that '%s' needs, since it disrupts", operation.id())
                            .isPresent());
        }
    }

    @Test
    void whatOnlyReadsHasNothingToUndo() {
        try (Sluice sluice = sluice()) {
            assertThat(operations(compiled(sluice)))
                    .filteredOn(operation -> operation.info().change() == Change.NOTHING)
                    .allSatisfy(operation -> assertThat(operation.info().undos())
                            .as("the undos of '%s', which changes nothing", operation.id())
                            .isEmpty());
        }
    }
}
