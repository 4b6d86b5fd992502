// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.api.spi.Engine;
import dev.sluice.api.spi.Spi;
import dev.sluice.api.spi.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The contract tells when an engine does not keep to it. */
class EngineContractTest {
    @Test
    void anEngineForAnotherSpi() {
        assertFails(
                new Faulty() {
                    @Override
                    public int builtForSpi() {
                        return Spi.LEVEL + 1;
                    }
                },
                EngineContract::isBuiltForThisSpi);
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
                EngineContract::itsEndpointsAreItsOwn);
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
                EngineContract::eachStepIsFoundByAKeyOfItsOwn);
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
        assertFails(twice, EngineContract::eachStepIsFoundByAKeyOfItsOwn);
        assertFails(twice, EngineContract::eachRoleHasOneStepARow);
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
                EngineContract::eachRoleHasOneStepARow);
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
                EngineContract::asksForSomeLock);
    }

    @Test
    void anEndpointThatIsAnotherOneAfterBeingStored() {
        Engine forgetful = new Faulty() {
            @Override
            public EndpointCodec endpoints() {
                EndpointCodec honest = super.endpoints();
                return new EndpointCodec() {
                    @Override
                    public Document write(Endpoint endpoint) {
                        return honest.write(MockMySql.named("always-the-same"));
                    }

                    @Override
                    public Endpoint read(Document document) {
                        return honest.read(document);
                    }

                    @Override
                    public Document writeOption(EndpointOption<?> option) {
                        return honest.writeOption(option);
                    }

                    @Override
                    public EndpointOption<?> readOption(Document document) {
                        return honest.readOption(document);
                    }
                };
            }
        };
        assertFails(forgetful, EngineContract::itsEndpointsAreTheSameAfterBeingStored);
    }

    private static void assertFails(Engine engine, Consumer<EngineContract> part) {
        EngineContract contract = new MockEngineContractTest() {
            @Override
            protected Engine engine() {
                return engine;
            }
        };
        assertThatThrownBy(() -> part.accept(contract)).isInstanceOf(AssertionError.class);
    }

    /** The mock engine, of which each test spoils a part. */
    private abstract static class Faulty extends DelegatingEngine {
        Faulty() {
            super(MockEngine.create());
        }
    }
}
