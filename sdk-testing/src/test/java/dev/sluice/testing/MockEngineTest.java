// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import static dev.sluice.api.plan.GuideStep.CATCH_UP;
import static dev.sluice.api.plan.GuideStep.ENABLE_BINLOG;
import static dev.sluice.api.plan.GuideStep.ENABLE_REPLICATION;
import static dev.sluice.api.plan.GuideStep.RETAIN_BINLOGS;
import static dev.sluice.testing.MockFailure.lostAnswer;
import static dev.sluice.testing.MockFailure.lostQuestion;
import static dev.sluice.testing.MockFailure.refused;
import static dev.sluice.testing.MockFailure.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MockEngineTest {
    private static final MockMySql DB1 = MockMySql.named("db1");
    private static final MockMySql DB2 = MockMySql.named("db2");

    private final MockEngine engine = MockEngine.create();
    private final ReplicationPlan plan = ReplicationPlan.from(DB1).to(DB2).retainBinlogs(Duration.ofHours(144));

    private ServerFacts factsOf(MockMySql server) {
        return engine.facts(server, server.address().orElseThrow(), sql -> List.of());
    }

    private MockContext context() {
        return MockContext.of(plan, factsOf(DB1), factsOf(DB2))
                .sourceSession(engine.access().orElseThrow().open(DB1))
                .replicaSession(engine.access().orElseThrow().open(DB2));
    }

    private Step step(GuideStep row) {
        return Stream.concat(engine.sourceSteps().stream(), engine.replicaSteps().stream())
                .filter(step -> step.row() == row)
                .findFirst()
                .orElseThrow();
    }

    private Look look(GuideStep row) {
        return step(row).look(context().at(step(row)));
    }

    private void perform(GuideStep row) {
        Operation operation = step(row).compile(context()).operations().get(0);
        engine.access().orElseThrow().perform(operation, context());
    }

    @Test
    void aRowIsMissingUntilItWasPerformed() {
        assertThat(look(RETAIN_BINLOGS)).isInstanceOf(Look.Missing.class);

        perform(RETAIN_BINLOGS);

        assertThat(look(RETAIN_BINLOGS)).isInstanceOf(Look.Done.class);
        assertThat(engine.performed()).containsExactly(RETAIN_BINLOGS);
        assertThat(engine.calls())
                .extracting(MockCall::toString)
                .containsExactly(
                        "LOOK RETAIN_BINLOGS on db1: missing",
                        "PERFORM RETAIN_BINLOGS on db1: done",
                        "LOOK RETAIN_BINLOGS on db1: done");
    }

    @Test
    void failuresComeInTheOrderInWhichTheyWerePlanted() {
        engine.on(RETAIN_BINLOGS).failsOnce(unavailable()).failsOnce(refused()).thenSucceeds();

        assertThatThrownBy(() -> perform(RETAIN_BINLOGS))
                .isInstanceOf(StepUnavailableException.class)
                .hasMessageContaining("db1")
                .hasMessageContaining("MOCK-001");
        assertThatThrownBy(() -> perform(RETAIN_BINLOGS)).isInstanceOf(StepRefusedException.class);
        assertThat(look(RETAIN_BINLOGS)).isInstanceOf(Look.Missing.class);
        perform(RETAIN_BINLOGS);
        assertThat(look(RETAIN_BINLOGS)).isInstanceOf(Look.Done.class);
    }

    @Test
    void aLostAnswerTookEffectAndALostQuestionDidNot() {
        engine.on(RETAIN_BINLOGS).failsOnce(lostAnswer());
        engine.on(ENABLE_REPLICATION).failsOnce(lostQuestion());

        assertThatThrownBy(() -> perform(RETAIN_BINLOGS)).isInstanceOf(StepOutcomeUnknownException.class);
        assertThatThrownBy(() -> perform(ENABLE_REPLICATION)).isInstanceOf(StepOutcomeUnknownException.class);

        assertThat(look(RETAIN_BINLOGS)).isInstanceOf(Look.Done.class);
        assertThat(look(ENABLE_REPLICATION)).isInstanceOf(Look.Missing.class);
    }

    @Test
    void aRowCanFailForEver() {
        engine.on(RETAIN_BINLOGS).thenFails(refused());

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> perform(RETAIN_BINLOGS)).isInstanceOf(StepRefusedException.class);
        }
    }

    @Test
    void anEffectCanShowLate() {
        engine.on(RETAIN_BINLOGS).showsAfterLooks(2).isDoneAlready();

        assertThat(look(RETAIN_BINLOGS)).isInstanceOf(Look.Missing.class);
        assertThat(look(RETAIN_BINLOGS)).isInstanceOf(Look.Missing.class);
        assertThat(look(RETAIN_BINLOGS)).isInstanceOf(Look.Done.class);
    }

    @Test
    void catchingUpIsDoneByLooking() {
        engine.on(CATCH_UP).showsAfterLooks(1).failsOnce(unavailable());

        assertThatThrownBy(() -> look(CATCH_UP)).isInstanceOf(StepUnavailableException.class);
        assertThat(look(CATCH_UP)).isInstanceOf(Look.Missing.class);
        assertThat(look(CATCH_UP)).isInstanceOf(Look.Done.class);
    }

    @Test
    void factsDecideWhatIsToBeDone() {
        assertThat(step(ENABLE_BINLOG).compile(context()).operations()).isEmpty();

        engine.facts(DB1, MockFacts.mysql80().binlogOff());

        assertThat(step(ENABLE_BINLOG).compile(context()).operations()).hasSize(1);
    }

    @Test
    void replicationShowsInTheReplicasFacts() {
        assertThat(context().alreadyReplicating()).isFalse();

        perform(ENABLE_REPLICATION);

        assertThat(context().alreadyReplicating()).isTrue();
        assertThat(step(RETAIN_BINLOGS).compile(context()).operations()).isEmpty();
    }

    @Test
    void serversDifferInIdAndUuid() {
        assertThat(factsOf(DB1).serverUuid()).isNotEqualTo(factsOf(DB2).serverUuid());
        assertThat(factsOf(DB1).serverId()).isNotEqualTo(factsOf(DB2).serverId());
        assertThat(factsOf(DB1)).isEqualTo(factsOf(DB1));
    }

    @Test
    void sessionsAnswerWhatTheTestSays() {
        engine.answers("@@hostname", Row.of(Map.of("name", "db1.internal")));

        assertThat(context().sourceSession().queryValue("SELECT @@hostname AS name"))
                .contains("db1.internal");
        assertThat(context().sourceSession().query("SELECT 1")).isEmpty();
    }

    @Test
    void endpointsGoToDocumentsAndBack() {
        assertThat(engine.endpoints().read(engine.endpoints().write(DB1))).isEqualTo(DB1);
    }
}
