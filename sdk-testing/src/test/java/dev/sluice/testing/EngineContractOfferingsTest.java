// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.Artefact;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.api.spi.SeedAcceptance;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.Sluice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract tells what is wrong with that which an engine may have and need not: options, ways to seed a replica, checks, journals. */
class EngineContractOfferingsTest {
    private static final ReplicationPlan PLAN =
            ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db2"));

    /** An option of mock servers, which have none otherwise. */
    private record Pace(String value) implements EndpointOption<MockMySql> {
        @Override
        public String name() {
            return "pace";
        }
    }

    /** Knows that option, and reads from what was written what a test says. */
    private record PaceCodec(EndpointCodec honest, String read) implements EndpointCodec {
        @Override
        public Document write(Endpoint endpoint) {
            return honest.write(endpoint);
        }

        @Override
        public Endpoint read(Document document) {
            return honest.read(document);
        }

        @Override
        public Document writeOption(EndpointOption<?> option) {
            return Document.empty().with("pace", ((Pace) option).value());
        }

        @Override
        public EndpointOption<?> readOption(Document document) {
            return new Pace(read);
        }
    }

    private static EngineContract optionsReadAs(String value) {
        return new Contract(ReplicationPlan.from(MockMySql.named("db1")).to(MockMySql.named("db2"), new Pace("slow"))) {
            @Override
            protected Engine engine() {
                return new DelegatingEngine(MockEngine.create()) {
                    @Override
                    public EndpointCodec endpoints() {
                        return new PaceCodec(super.endpoints(), value);
                    }
                };
            }
        };
    }

    @Test
    void anOptionThatIsAnotherOneAfterBeingStored() {
        assertThatNoException().isThrownBy(optionsReadAs("slow")::itsOptionsAreTheSameAfterBeingStored);
        ContractFailure.assertFails(
                optionsReadAs("fast"),
                EngineContract::itsOptionsAreTheSameAfterBeingStored,
                "the option pace, written and read",
                "fast");
    }

    /** A way to snapshot a source that stands for some row. */
    private record Offer(Seed seed, Artefact artefact, Step step) implements SeedOffer {
        static Offer of(String name, GuideStep row) {
            return new Offer(new Seed(name), Artefact.ROWS, standingFor(row));
        }

        @Override
        public List<Problem> unfit(StepContext context) {
            return List.of();
        }
    }

    /** A way to load a replica that stands for some row. */
    private record Acceptance(Artefact artefact, Step step) implements SeedAcceptance {
        @Override
        public List<Problem> unfit(StepContext context) {
            return List.of();
        }
    }

    private static Step standingFor(GuideStep row) {
        return new MockStep(new MockServers(MockEngine.create()::on), row, Target.REPLICA);
    }

    private static EngineContract seeding(List<SeedOffer> offers, List<SeedAcceptance> acceptances) {
        return new Contract(PLAN) {
            @Override
            protected Engine engine() {
                return new DelegatingEngine(MockEngine.create()) {
                    @Override
                    public List<SeedOffer> seedOffers() {
                        return offers;
                    }

                    @Override
                    public List<SeedAcceptance> seedAcceptances() {
                        return acceptances;
                    }
                };
            }
        };
    }

    private static void assertSeedsFail(List<SeedOffer> offers, List<SeedAcceptance> acceptances, String... told) {
        ContractFailure.assertFails(
                seeding(offers, acceptances),
                EngineContract::waysToSeedAReplicaHaveNamesOfTheirOwnAndStandForTheRightRows,
                told);
    }

    @Test
    void waysToSeedAReplica() {
        Offer offer = Offer.of("clone", GuideStep.SNAPSHOT);
        Artefact dump = new Artefact("dump", "a dump");
        Acceptance acceptance = new Acceptance(dump, standingFor(GuideStep.LOAD));

        assertThatNoException()
                .isThrownBy(
                        seeding(List.of(offer), List.of(acceptance))
                                ::waysToSeedAReplicaHaveNamesOfTheirOwnAndStandForTheRightRows);
        assertSeedsFail(List.of(offer, offer), List.of(), "ways of seedOffers()", "clone as rows");
        assertSeedsFail(
                List.of(Offer.of(Seed.LOGICAL_COPY.name(), GuideStep.SNAPSHOT)),
                List.of(),
                "the logical copy is core's",
                "logical-copy");
        assertSeedsFail(List.of(Offer.of("clone", GuideStep.LOAD)), List.of(), "rows of seedOffers()", "LOAD");
        assertSeedsFail(
                List.of(),
                List.of(new Acceptance(dump, standingFor(GuideStep.PREPARE_REPLICA))),
                "rows and artefacts of seedAcceptances()",
                "PREPARE_REPLICA");
        assertSeedsFail(
                List.of(),
                List.of(new Acceptance(Artefact.ROWS, standingFor(GuideStep.LOAD))),
                "rows and artefacts of seedAcceptances()",
                "a server to read rows from");
    }

    /** A check of the source's binary log, of which a test spoils a part. */
    private record LogCheck(Predicate<LiveContext> fires, BiFunction<String, Level, Finding> finding) implements Check {
        static Finding honest(String id, Level level) {
            return new Finding(id, level, Problem.of(MockCode.REFUSED, "the log is off"));
        }

        @Override
        public String id() {
            return "log-is-off";
        }

        @Override
        public Level level() {
            return Level.WARNING;
        }

        @Override
        public ErrorCode code() {
            return MockCode.REFUSED;
        }

        @Override
        public List<Finding> examine(LiveContext context) {
            return fires.test(context) ? List.of(finding.apply(id(), level())) : List.of();
        }
    }

    private static boolean logIsOff(LiveContext context) {
        return !context.source().isOn("log_bin");
    }

    private static EngineContract checking(Check check) {
        return new Contract(PLAN) {
            @Override
            protected Engine engine() {
                return new DelegatingEngine(MockEngine.create()) {
                    @Override
                    public List<Check> sourceChecks() {
                        return List.of(check);
                    }
                };
            }

            @Override
            protected List<CheckCase> checkCases() {
                MockFacts off = MockFacts.mysql80().binlogOff();
                return List.of(new CheckCase(
                        check.id(),
                        MockContext.of(
                                PLAN, off.of(MockMySql.ENGINE, sourceFacts().address()), replicaFacts()),
                        MockContext.of(PLAN, sourceFacts(), replicaFacts())));
            }
        };
    }

    private static void assertCheckFails(Check check, String... told) {
        ContractFailure.assertFails(
                checking(check), EngineContract::eachCheckFiresWhereItShouldAndIsSilentWhereItShouldBe, told);
    }

    @Test
    void checks() {
        assertThatNoException()
                .isThrownBy(
                        checking(new LogCheck(EngineContractOfferingsTest::logIsOff, LogCheck::honest))
                                ::eachCheckFiresWhereItShouldAndIsSilentWhereItShouldBe);
        assertCheckFails(new LogCheck(context -> false, LogCheck::honest), "log-is-off fires");
        assertCheckFails(new LogCheck(context -> true, LogCheck::honest), "log-is-off is silent", "the log is off");
    }

    /** What a check finds is told as its own: by its id, at its level, with its code. */
    @Test
    void findingsOfAnotherCheck() {
        assertFindingFails((id, level) -> LogCheck.honest("another-one", level), "log-is-off fires", "another-one");
        assertFindingFails((id, level) -> LogCheck.honest(id, Level.ERROR), "log-is-off fires", "ERROR");
        assertFindingFails(
                (id, level) -> new Finding(id, level, Problem.of(MockCode.UNAVAILABLE, "the log is off")),
                "log-is-off fires",
                "MOCK-001");
    }

    private static void assertFindingFails(BiFunction<String, Level, Finding> finding, String... told) {
        assertCheckFails(new LogCheck(EngineContractOfferingsTest::logIsOff, finding), told);
    }

    private static EngineContract keeping(Path journal) {
        return new Contract(PLAN) {
            @Override
            protected List<Path> journals() {
                return List.of(journal);
            }
        };
    }

    @Test
    void aJournalThatIsNotThere(@TempDir Path folder) {
        ContractFailure.assertFails(
                keeping(folder.resolve("0.1.0.journal")),
                contract -> contract.theLatestFormHasAJournal(folder),
                "0.1.0.journal");
    }

    /** One from which the records after the first are gone. */
    @Test
    void aJournalThatIsNotAll(@TempDir Path folder) throws IOException {
        Path journal = folder.resolve("0.1.0.journal");
        try (Sluice sluice = MockEngine.create().sluice().build()) {
            new StoredRun(journal, Files.createDirectory(folder.resolve("written")))
                    .write(sluice, sluice.compile(PLAN));
        }
        Files.write(journal, Files.readAllLines(journal).subList(0, 3));

        ContractFailure.assertFails(
                keeping(journal), contract -> contract.journalsOfEarlierReleasesAreRead(folder), "0.1.0.journal");
    }

    /** That of the mock engine, for one plan. */
    private static class Contract extends MockEngineContractTest {
        private final ReplicationPlan plan;

        Contract(ReplicationPlan plan) {
            this.plan = plan;
        }

        @Override
        protected ReplicationPlan plan() {
            return plan;
        }
    }
}
