// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static dev.sluice.api.plan.GuideStep.CREATE_REPLICATION_USER;
import static dev.sluice.api.plan.GuideStep.RETAIN_BINLOGS;
import static dev.sluice.api.plan.GuideStep.STOP_REPLICATION;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.SqlOperation;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract tells when an engine does not keep to it, and where. */
class EngineContractTest {
    private static final GuideStep RESTARTED = GuideStep.PROTECT_REPLICA;

    @TempDir
    Path folder;

    /** The engine that each of the others is, but for one fault: without it nothing fails. */
    @Test
    void anHonestEngineKeepsToAllOfIt() throws IOException {
        EngineContract contract = contractOf(new Faulty() {});
        contract.neitherPreviewsNorStoredPlansHoldPasswords(folder);
        contract.asksServersForFactsOnlyByReading();
        contract.looksOnlyRead();
        contract.checksOnlyRead();
        contract.nothingIsDoneBeforeItWasDone();
        contract.aReplicationThatRunsIsNotBegunAnew();
        contract.whatIsMadeForTheRunIsTakenBackByWhatMakesIt();
        contract.undosAreChangesOfTheirOwn();
        contract.namesAreQuoted();
        contract.whatInterruptsNeedsAConsent();
        contract.eachCheckHasTwoSituations();
    }

    @Test
    void anEngineForAnotherSpi() {
        assertFails(
                new Faulty() {
                    @Override
                    public int builtForSpi() {
                        return Spi.LEVEL + 1;
                    }
                },
                EngineContract::isBuiltForThisSpi,
                "builtForSpi()");
    }

    @Test
    void endpointsOfAnotherEngine() {
        assertFails(
                new Faulty() {
                    @Override
                    public EngineId id() {
                        return new EngineId("another-one");
                    }
                },
                EngineContract::itsEndpointsAreItsOwn,
                "the plan's source",
                "another-one");
    }

    @Test
    void stepsOfAnotherEngine() {
        assertFails(
                new Faulty() {
                    @Override
                    public EngineId id() {
                        return new EngineId("another-one");
                    }
                },
                EngineContract::eachStepIsFoundByAKeyOfItsOwn,
                "another id than the engine's",
                "mock-mysql/retain-binlogs@1");
    }

    @Test
    void twoStepsOfOneKey() {
        Engine twice = new Faulty() {
            @Override
            public List<Step> sourceSteps() {
                List<Step> steps = new ArrayList<>(super.sourceSteps());
                steps.add(steps.get(0));
                return steps;
            }
        };
        assertFails(
                twice,
                EngineContract::eachStepIsFoundByAKeyOfItsOwn,
                "keys of the steps",
                "mock-mysql/enable-binlog@1");
        assertFails(twice, EngineContract::eachRoleHasOneStepARow, "sourceSteps()", "ENABLE_BINLOG");
    }

    @Test
    void aMissingRow() {
        assertFails(
                new Faulty() {
                    @Override
                    public List<Step> replicaSteps() {
                        return super.replicaSteps().stream()
                                .filter(step -> step.row() != GuideStep.RESET_REPLICA)
                                .toList();
                    }
                },
                EngineContract::eachRoleHasOneStepARow,
                "RESET_REPLICA");
    }

    @Test
    void noLock() {
        assertFails(
                new Faulty() {
                    @Override
                    public List<LockKind> snapshotLocks() {
                        return List.of();
                    }
                },
                EngineContract::asksForSomeLock,
                "snapshotLocks()");
    }

    @Test
    void anEndpointThatIsAnotherOneAfterBeingStored() {
        Engine forgetful = new Faulty() {
            @Override
            public EndpointCodec endpoints() {
                return new ForgetfulCodec(super.endpoints(), 0);
            }
        };
        assertFails(forgetful, EngineContract::itsEndpointsAreTheSameAfterBeingStored, "db1, written and read");
        assertFails(forgetful, EngineContract::isTheSameAfterBeingStored, "the plan, as JSON and back");
    }

    /** The plan is read rightly, from two endpoints, and what it was compiled to is not. */
    @Test
    void aCompiledPlanThatIsAnotherOneAfterBeingStored() {
        assertFails(
                new Faulty() {
                    private final EndpointCodec codec = new ForgetfulCodec(super.endpoints(), 2);

                    @Override
                    public EndpointCodec endpoints() {
                        return codec;
                    }
                },
                EngineContract::isTheSameAfterBeingStored,
                "lines of the preview that differ",
                "db1-or-so");
    }

    @Test
    void anEndpointCodecThatWritesPasswords() {
        assertFails(
                new Faulty() {
                    @Override
                    public EndpointCodec endpoints() {
                        return new TalkativeCodec(super.endpoints());
                    }
                },
                contract -> contract.neitherPreviewsNorStoredPlansHoldPasswords(folder),
                "what endpoints() writes");
    }

    @Test
    void aPasswordInAPreview() {
        Engine talkative = spoiled(
                CREATE_REPLICATION_USER,
                SpoiledStep.sending(context -> "CREATE USER 'r'@'h' IDENTIFIED BY '"
                        + context.account()
                                .password()
                                .map(TalkativeCodec::passwordOf)
                                .orElse("made up") + "'"));
        assertFails(
                talkative,
                contract -> contract.neitherPreviewsNorStoredPlansHoldPasswords(folder),
                "lines of the preview with a password",
                "CREATE USER 'r'@'h'");
    }

    @Test
    void factsThatAreAskedForByAChange() {
        assertFails(
                new Faulty() {
                    @Override
                    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
                        session.query("SET GLOBAL read_only = ON");
                        return super.facts(endpoint, address, session);
                    }
                },
                EngineContract::asksServersForFactsOnlyByReading,
                "facts(…)",
                "SET GLOBAL read_only = ON");
    }

    @Test
    void factsOfAnotherEngine() {
        assertFails(
                new Faulty() {
                    @Override
                    public ServerFacts facts(Endpoint endpoint, ServerAddress address, ServerSession session) {
                        return MockFacts.mysql80().of(new EngineId("another-one"), address);
                    }
                },
                EngineContract::asksServersForFactsOnlyByReading,
                "facts(…)",
                "another-one");
    }

    @Test
    void aLookThatChangesSomething() {
        Engine meddling = spoiled(STOP_REPLICATION, SpoiledStep.looking(context -> {
            context.replicaSession().query("STOP REPLICA");
            return Look.done("it is stopped now");
        }));
        assertFails(
                meddling, EngineContract::looksOnlyRead, "the look of mock-mysql/stop-replication@1", "STOP REPLICA");
    }

    @Test
    void aCheckThatChangesSomething() {
        Engine meddling = new Faulty() {
            @Override
            public List<Check> replicaChecks() {
                return List.of(new MeddlingCheck());
            }
        };
        assertFails(meddling, EngineContract::checksOnlyRead, "the check meddling", "ANALYZE TABLE");
        assertFails(meddling, EngineContract::eachCheckHasTwoSituations, "checkCases()", "meddling");
    }

    @Test
    void aStepThatClaimsToBeDoneBeforeItWas() {
        Engine hasty = spoiled(
                CREATE_REPLICATION_USER, SpoiledStep.looking(context -> Look.done("the account is surely there")));
        assertFails(
                hasty,
                EngineContract::nothingIsDoneBeforeItWasDone,
                "what mock-mysql/create-replication-user@1 sees",
                "the account is surely there");
    }

    @Test
    void aLookThatNeverAnswers() {
        Engine silent = spoiled(GuideStep.ENABLE_REPLICATION, SpoiledStep.looking(context -> {
            throw new IllegalStateException("I have no idea");
        }));
        assertFails(
                silent,
                EngineContract::nothingIsDoneBeforeItWasDone,
                "mock-mysql/enable-replication@1 gives no answer",
                "I have no idea");
    }

    @Test
    void aLookThatCannotTell() {
        Engine unsure = spoiled(CREATE_REPLICATION_USER, SpoiledStep.looking(context -> Look.unknown("who knows?")));
        assertFails(
                unsure,
                EngineContract::nothingIsDoneBeforeItWasDone,
                "what mock-mysql/create-replication-user@1 sees",
                "who knows?");
    }

    @Test
    void aLookAtTheEndThatNeverAnswers() {
        Engine silent = spoiled(STOP_REPLICATION, SpoiledStep.looking(context -> {
            throw new IllegalStateException("I have no idea");
        }));
        assertFails(
                silent,
                EngineContract::nothingIsDoneBeforeItWasDone,
                "mock-mysql/stop-replication@1 gives no answer",
                "I have no idea");
    }

    @Test
    void aReplicaThatIsNeverPointedAtItsSource() {
        Engine idle = spoiled(GuideStep.ENABLE_REPLICATION, SpoiledStep.drafting((draft, context) -> StepDraft.of()));
        assertFails(
                idle, EngineContract::nothingIsDoneBeforeItWasDone, "rows with something to do", "ENABLE_REPLICATION");
    }

    @Test
    void aStepThatBeginsAnewWhatRunsAlready() {
        Engine forgetful = spoiled(
                RETAIN_BINLOGS,
                SpoiledStep.drafting((draft, context) -> StepDraft.of(new SqlOperation(
                        OperationInfo.changing("retain", Target.SOURCE, "retain binary logs"),
                        Statement.of("SET MOCK BINLOG RETENTION TO 168 HOURS")))));
        assertFails(
                forgetful, EngineContract::aReplicationThatRunsIsNotBegunAnew, "follows the source already", "retain");
    }

    @Test
    void anUndoThatDropsAnotherAccount() {
        Engine careless = spoiled(
                CREATE_REPLICATION_USER,
                SpoiledStep.undoneBy(operation -> List.of(undo("DROP USER IF EXISTS 'somebody-else'@'%'"))));
        assertFails(
                careless,
                EngineContract::whatIsMadeForTheRunIsTakenBackByWhatMakesIt,
                "drop the account",
                "somebody-else");
    }

    @Test
    void anUndoThatDoesTheSameOnceMore() {
        Engine stubborn = spoiled(
                RETAIN_BINLOGS,
                SpoiledStep.undoneBy(
                        operation -> List.of(undo(operation.preview().get(0)))));
        assertFails(stubborn, EngineContract::undosAreChangesOfTheirOwn, "do not do once more what it does");
    }

    @Test
    void anUndoThatOnlyLooks() {
        Engine idle = spoiled(RETAIN_BINLOGS, SpoiledStep.undoneBy(operation -> List.of(undo("SELECT 1"))));
        assertFails(idle, EngineContract::undosAreChangesOfTheirOwn, "SELECT 1");
    }

    /** The undo is in the journal only once the operation after the change begins. */
    @Test
    void anUndoThatIsRegisteredAfterTheChange() {
        Engine late = spoiled(CREATE_REPLICATION_USER, SpoiledStep.drafting((draft, context) -> {
            SqlOperation create = (SqlOperation) draft.operations().get(0);
            OperationInfo bare = OperationInfo.changing("create", Target.SOURCE, "create the account");
            OperationInfo grant = OperationInfo.changing("grant", Target.SOURCE, "let it replicate");
            for (Undo undo : create.info().undos()) {
                grant = grant.undoneBy(undo);
            }
            return StepDraft.of(
                    new SqlOperation(bare, create.statement()),
                    new SqlOperation(grant, Statement.of("GRANT REPLICATION SLAVE ON *.* TO 'r'@'h'")));
        }));
        assertFails(late, EngineContract::whatIsMadeForTheRunIsTakenBackByWhatMakesIt, "the undos of 'create'");
    }

    @Test
    void aNameThatIsNotQuoted() {
        Engine naive = spoiled(
                CREATE_REPLICATION_USER,
                SpoiledStep.sending(
                        context -> "CREATE USER '" + context.account().user() + "'@'10.0.0.7'"));
        assertFails(naive, EngineContract::namesAreQuoted, "o'hara", "'o'hara'@'10.0.0.7'");
    }

    @Test
    void aDisruptionWithoutAConsent() {
        Engine ruthless = spoiled(RESTARTED, SpoiledStep.drafting((draft, context) -> {
            OperationInfo info = new OperationInfo(
                    "restart", Target.REPLICA, "restart the replica", Change.DISRUPTS, List.of(), null);
            return StepDraft.of(new SqlOperation(info, Statement.of("RESTART")));
        }));
        assertFails(ruthless, EngineContract::whatInterruptsNeedsAConsent, "the consent that 'restart' needs");
    }

    @Test
    void anUndoOfWhatOnlyReads() {
        Engine busy = spoiled(RESTARTED, SpoiledStep.drafting((draft, context) -> {
            OperationInfo info =
                    OperationInfo.reading("look", Target.REPLICA, "look around").undoneBy(undo("DROP DATABASE d"));
            return StepDraft.of(new SqlOperation(info, Statement.of("SELECT 1")));
        }));
        assertFails(busy, EngineContract::whatOnlyReadsHasNothingToUndo, "the undos of 'look'", "DROP DATABASE d");
    }

    @Test
    void aDraftThatIsAnotherOneEachTime() {
        AtomicInteger times = new AtomicInteger();
        Engine moody = spoiled(
                CREATE_REPLICATION_USER,
                SpoiledStep.sending(
                        context -> "CREATE USER 'r" + times.incrementAndGet() + "'@'h' IDENTIFIED BY RANDOM PASSWORD"));
        assertFails(moody, EngineContract::compilesTheSamePlanToTheSame, "compiled twice", "'r1'@'h'", "'r2'@'h'");
    }

    @Test
    void twoOperationsOfOneName() {
        Engine confused = spoiled(
                CREATE_REPLICATION_USER,
                SpoiledStep.drafting((draft, context) -> StepDraft.of(
                        draft.operations().get(0), draft.operations().get(0))));
        assertFails(
                confused,
                EngineContract::operationsOfAStepHaveNamesOfTheirOwn,
                "ids of the operations of CREATE_REPLICATION_USER");
    }

    @Test
    void anOperationThatDoesNotSayWhatItIsFor() {
        Engine silent = spoiled(
                RESTARTED,
                SpoiledStep.drafting((draft, context) -> StepDraft.of(new SqlOperation(
                        OperationInfo.changing("hush", Target.REPLICA, " "),
                        Statement.of("SET GLOBAL read_only = ON")))));
        assertFails(silent, EngineContract::saysWhatItDoes, "the purpose of 'hush'");
    }

    private static Undo undo(String sql) {
        return new Undo(UndoScope.ROLLBACK, "take it back", Statement.of(sql), null);
    }

    /** An engine of which one step is spoiled. */
    private static Engine spoiled(GuideStep row, UnaryOperator<Step> change) {
        return new Faulty() {
            @Override
            public List<Step> sourceSteps() {
                return changed(super.sourceSteps());
            }

            @Override
            public List<Step> replicaSteps() {
                return changed(super.replicaSteps());
            }

            private List<Step> changed(List<Step> steps) {
                return steps.stream()
                        .map(step -> step.row() == row ? change.apply(step) : step)
                        .toList();
            }
        };
    }

    private static void assertFails(Engine engine, ContractFailure.Part part, String... told) {
        ContractFailure.assertFails(contractOf(engine), part, told);
    }

    private static EngineContract contractOf(Engine engine) {
        return new MockEngineContractTest() {
            @Override
            protected Engine engine() {
                return engine;
            }

            @Override
            protected Endpoint endpoint(Secret password) {
                return new TalkativeCodec.Guarded(password);
            }
        };
    }

    /** The mock engine, of which each test spoils a part. */
    private abstract static class Faulty extends DelegatingEngine {
        Faulty() {
            super(MockEngine.create());
        }
    }
}
