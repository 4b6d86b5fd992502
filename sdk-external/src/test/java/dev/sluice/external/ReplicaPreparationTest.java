// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static dev.sluice.external.Scenario.PLAN;
import static dev.sluice.external.Scenario.codes;
import static dev.sluice.external.Scenario.context;
import static dev.sluice.external.Scenario.replica;
import static dev.sluice.external.Scenario.source;
import static dev.sluice.external.Scenario.statements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.testing.MockContext;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaPreparationTest {
    private static final String STAY_STOPPED = "SET PERSIST_ONLY skip_replica_start = ON";

    private final PrepareReplica prepare = new PrepareReplica();
    private final ProtectReplica protect = new ProtectReplica();

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void aMissingOrEqualServerIdIsAProblemThatProposesAFreeOne(long id) {
        StepDraft draft = prepare.compile(context(PLAN, source(), replica().serverId(id)));

        assertThat(codes(draft)).containsExactly("EXT-201");
        assertThat(draft.problems().get(0).remedy())
                .containsPattern("SET PERSIST server_id = \\d{5,}")
                .contains(".allowServerIdChange()");
    }

    @Test
    void withTheConsentTheIdIsSetUntilALookSeesIt() {
        MockContext context = context(
                PLAN.allowServerIdChange(), source(), replica().serverId(1).with("persisted.skip_replica_start", "ON"));
        String free = Long.toString(FreeServerId.of(context.replica(), context.source()));

        assertThat(statements(prepare, context)).containsExactly("SET PERSIST server_id = " + free);
        assertThat(prepare.look(context.at(prepare).replicaSession(new ScriptedSession().variable("server_id", "1"))))
                .isInstanceOf(Look.Missing.class);
        assertThat(prepare.look(context.at(prepare).replicaSession(new ScriptedSession().variable("server_id", free))))
                .isInstanceOf(Look.Done.class);
    }

    @Test
    void aReplicaThatStaysStoppedAlreadyIsLeftSo() {
        assertThat(statements(prepare, context(PLAN))).containsExactly(STAY_STOPPED);
        assertThat(statements(prepare, context(PLAN, source(), replica().with("persisted.skip_replica_start", "ON"))))
                .isEmpty();
        assertThat(statements(prepare, context(PLAN, source(), replica().with("skip_replica_start", "ON"))))
                .isEmpty();
        assertThat(statements(
                        prepare,
                        context(
                                PLAN,
                                source(),
                                replica()
                                        .with("skip_replica_start", "ON")
                                        .with("persisted.skip_replica_start", "OFF"))))
                .containsExactly(STAY_STOPPED);
    }

    @Test
    void aReplicaThatIsReadOnlyIsAProblemUnlessNothingIsCopied() {
        TestFacts locked = replica().with("super_read_only", "ON");
        Coordinates start = new Coordinates(
                TestFacts.SOURCE_UUID, "", new BinlogPosition("binlog.000001", 4), null, Instant.EPOCH, "test");

        assertThat(codes(prepare.compile(context(PLAN, source(), locked)))).containsExactly("EXT-202");
        assertThat(codes(prepare.compile(context(PLAN.startingFrom(start), source(), locked))))
                .isEmpty();
    }

    @Test
    void aReplicaThatFollowsAlreadyIsPrepared() {
        MockContext context =
                context(PLAN, source(), replica().with("super_read_only", "ON").follows(TestFacts.SOURCE_UUID));

        assertThat(prepare.compile(context).operations()).isEmpty();
        assertThat(prepare.compile(context).problems()).isEmpty();
        assertThat(prepare.look(context.at(prepare))).isInstanceOf(Look.Done.class);
    }

    @Test
    void aReplicaWithDatabasesOfItsOwnStaysWritable() {
        ReplicationPlan plan = PLAN.databases("orders");

        assertThat(statements(protect, context(plan, source(), replica().databases("orders"))))
                .containsExactly("SET PERSIST super_read_only = ON");
        MockContext shared = context(plan, source(), replica().databases("orders", "hr"));
        assertThat(statements(protect, shared)).isEmpty();
        assertThat(protect.compile(shared).notes()).singleElement().asString().contains("hr");
        assertThat(protect.look(shared.at(protect))).isInstanceOf(Look.Done.class);
    }

    @Test
    void aPlanCanLeaveTheReplicaWritable() {
        assertThat(statements(protect, context(PLAN.leaveReplicaWritable()))).isEmpty();
    }

    @Test
    void theUndoLeavesReadOnlyAsItWas() {
        assertThat(undos(replica()))
                .containsExactly(
                        "SET GLOBAL read_only = OFF",
                        "RESET PERSIST IF EXISTS super_read_only",
                        "SET GLOBAL super_read_only = OFF");
        assertThat(undos(replica().with("read_only", "ON")))
                .containsExactly("RESET PERSIST IF EXISTS super_read_only", "SET GLOBAL super_read_only = OFF");
    }

    private java.util.List<String> undos(TestFacts replica) {
        return protect.compile(context(PLAN, source(), replica)).operations().get(0).info().undos().stream()
                .map(undo -> undo.statement().preview())
                .toList();
    }

    @Test
    void protectionIsMissingUntilTheServerShowsIt() {
        MockContext context = context(PLAN).at(protect);

        assertThat(protect.look(context.replicaSession(new ScriptedSession().variable("super_read_only", "OFF"))))
                .isInstanceOf(Look.Missing.class);
        assertThat(protect.look(context.replicaSession(new ScriptedSession().variable("super_read_only", "ON"))))
                .isInstanceOf(Look.Done.class);
    }
}
