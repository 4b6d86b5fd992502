// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.LockKind;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.CopyTablePlan;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.MockFacts;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine would do, from facts alone. */
class RdsCompileTest {
    private static final RdsMySql SOURCE =
            RdsMySql.instance("orders").region("eu-west-1").credentials("admin", Secret.env("A"));
    private static final RdsMySql REPLICA =
            RdsMySql.instance("orders-copy").region("eu-west-1").credentials("admin", Secret.env("B"));
    private static final ReplicationPlan PLAN = ReplicationPlan.from(SOURCE).to(REPLICA);

    private final RdsEngine engine = RdsEngine.create();

    private StepDraft compile(GuideStep row, MockContext context) {
        Step step = Stream.concat(engine.sourceSteps().stream(), engine.replicaSteps().stream())
                .filter(one -> one.row() == row)
                .findFirst()
                .orElseThrow();
        assertThat(step.compile(context)).as("pure").isEqualTo(step.compile(context));
        return step.compile(context);
    }

    private static MockContext context(ReplicationPlan plan, MockFacts source) {
        return MockContext.of(plan, RdsFacts.source(source), RdsFacts.replica(RdsFacts.mysql80()));
    }

    private static final String WAIT_FOR_FILTER =
            "wait until the replica's filter is that of the plan's scope, or none where"
                    + " the plan is about everything, at most 10 min";

    private static List<String> previews(StepDraft draft) {
        return draft.operations().stream()
                .flatMap(one -> one.preview().stream())
                .toList();
    }

    private static List<String> codes(StepDraft draft) {
        return draft.problems().stream()
                .map(Problem::code)
                .map(code -> code.id())
                .toList();
    }

    /** Its filter is in a parameter group. */
    @Test
    void oneTableAloneIsNotCopiedAnew() {
        CopyTablePlan copy = CopyTablePlan.of(PLAN, TableName.of("shop", "orders"))
                .allow(Consent.TABLE_REPLACEMENT)
                .allow(Consent.TABLE_COPY_LOCK);
        try (Sluice sluice =
                Sluice.builder().journal(Journal.inMemory()).engines(engine).build()) {
            assertThatThrownBy(() -> sluice.compile(
                            copy, RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica(RdsFacts.mysql80())))
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("CORE-850")
                    .hasMessageContaining("shop.orders");
        }
    }

    @Test
    void aSourceWithABinlogIsLeftAlone() {
        StepDraft draft = compile(GuideStep.ENABLE_BINLOG, context(PLAN, RdsFacts.mysql80()));

        assertThat(draft.operations()).isEmpty();
        assertThat(draft.problems()).isEmpty();
    }

    @Test
    void withoutConsentNoBackupRetentionIsChanged() {
        StepDraft draft = compile(
                GuideStep.ENABLE_BINLOG, context(PLAN, RdsFacts.mysql80().binlogOff()));

        assertThat(draft.operations()).isEmpty();
        assertThat(codes(draft)).containsExactly("RDS-111");
        assertThat(draft.problems().get(0).remedy()).contains("allowBackupRetentionChange()");
    }

    @Test
    void theBinlogIsSwitchedOnByKeepingBackups() {
        StepDraft draft = compile(
                GuideStep.ENABLE_BINLOG,
                context(PLAN.allowBackupRetentionChange(), RdsFacts.mysql80().binlogOff()));

        assertThat(draft.operations()).hasSize(2);
        ControlPlaneOperation call = (ControlPlaneOperation) draft.operations().get(0);
        assertThat(call.info().change()).isEqualTo(Change.DISRUPTS);
        assertThat(call.info().consent()).contains(Consent.BACKUP_RETENTION_CHANGE);
        assertThat(call.preview())
                .containsExactly(
                        "rds:ModifyDBInstance {ApplyImmediately=true, BackupRetentionPeriod=1, DBInstanceIdentifier=orders}",
                        "aws rds modify-db-instance --region eu-west-1 --db-instance-identifier orders"
                                + " --backup-retention-period 1 --apply-immediately");
    }

    @Test
    void backupsAreNotSwitchedOnTogetherWithWhatOthersHaveAskedFor() {
        MockFacts facts = RdsFacts.mysql80()
                .binlogOff()
                .variable("sluice.parameter_group", "default.mysql8.0")
                .variable("sluice.pending_changes", "DBInstanceClass");

        StepDraft refused = compile(GuideStep.ENABLE_BINLOG, context(PLAN.allowBackupRetentionChange(), facts));

        assertThat(codes(refused)).containsExactly("AWS-113");
        assertThat(codes(compile(
                        GuideStep.ENABLE_BINLOG,
                        context(PLAN.allowBackupRetentionChange().allowPendingChanges(), facts))))
                .isEmpty();
        assertThat(codes(compile(
                        GuideStep.ENABLE_BINLOG,
                        context(
                                PLAN.allowBackupRetentionChange(),
                                facts.variable("sluice.pending_changes", "BackupRetentionPeriod")))))
                .isEmpty();
    }

    @Test
    void anotherAccountIsInTheCommand() {
        ReplicationPlan plan =
                ReplicationPlan.from(SOURCE.account("analytics")).to(REPLICA).allowBackupRetentionChange();

        StepDraft draft = compile(
                GuideStep.ENABLE_BINLOG, context(plan, RdsFacts.mysql80().binlogOff()));

        assertThat(previews(draft)).anyMatch(line -> line.contains("--profile analytics"));
    }

    @Test
    void theRetentionIsRaisedWithItsUndo() {
        MockFacts facts = RdsFacts.mysql80().variable("rds.binlog retention hours", "24");

        StepDraft draft = compile(GuideStep.RETAIN_BINLOGS, context(PLAN.retainBinlogs(Duration.ofHours(144)), facts));

        assertThat(previews(draft)).containsExactly("CALL mysql.rds_set_configuration('binlog retention hours', 144)");
        Undo undo = draft.operations().get(0).info().undos().get(0);
        assertThat(undo.scope()).isEqualTo(UndoScope.TEMPORARY);
        assertThat(undo.statement().preview())
                .isEqualTo("CALL mysql.rds_set_configuration('binlog retention hours', 24)");
        assertThat(undo.onlyIf())
                .hasValueSatisfying(only -> assertThat(only.expected()).isEqualTo("144"));
    }

    @Test
    void theDefaultRetentionIsRestoredAsNull() {
        StepDraft draft = compile(
                GuideStep.RETAIN_BINLOGS, context(PLAN.retainBinlogs(Duration.ofHours(24)), RdsFacts.mysql80()));

        assertThat(draft.operations().get(0).info().undos().get(0).statement().preview())
                .isEqualTo("CALL mysql.rds_set_configuration('binlog retention hours', NULL)");
    }

    @Test
    void theRetentionHasALimit() {
        StepDraft draft = compile(
                GuideStep.RETAIN_BINLOGS, context(PLAN.retainBinlogs(Duration.ofHours(169)), RdsFacts.mysql80()));

        assertThat(codes(draft)).containsExactly("RDS-112");
        assertThat(draft.problems().get(0).what()).contains("169 h", "168");
        assertThat(codes(compile(
                        GuideStep.RETAIN_BINLOGS,
                        context(PLAN.retainBinlogs(Duration.ofHours(168)), RdsFacts.mysql80()))))
                .isEmpty();
    }

    @Test
    void aRetentionThatIsLongEnoughIsLeft() {
        MockFacts facts = RdsFacts.mysql80().variable("rds.binlog retention hours", "168");

        StepDraft draft = compile(GuideStep.RETAIN_BINLOGS, context(PLAN.retainBinlogs(Duration.ofHours(144)), facts));

        assertThat(draft.operations()).isEmpty();
    }

    @Test
    void aRaisedRetentionIsRelaxed() {
        ReplicationPlan plan = PLAN.retainBinlogs(Duration.ofHours(144)).retainWhileReplicating(Duration.ofHours(48));

        assertThat(previews(compile(GuideStep.RELAX_RETENTION, context(plan, RdsFacts.mysql80()))))
                .containsExactly("CALL mysql.rds_set_configuration('binlog retention hours', 48)");
    }

    @Test
    void theReplicationUserNeedsTlsAndItsPasswordIsNeverShown() {
        StepDraft draft = compile(GuideStep.CREATE_REPLICATION_USER, context(PLAN, RdsFacts.mysql80()));

        assertThat(previews(draft))
                .containsExactly(
                        "CREATE USER 'sluice_repl'@'replica.example' IDENTIFIED BY <secret> REQUIRE SSL",
                        "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'sluice_repl'@'replica.example'");
    }

    @Test
    void anAccountOfUnknownPasswordIsRefused() {
        StepDraft draft = compile(
                GuideStep.CREATE_REPLICATION_USER,
                context(PLAN, RdsFacts.mysql80().account("sluice_repl", "replica.example")));

        assertThat(codes(draft)).containsExactly("RDS-123");
    }

    static Stream<List<Object>> flavours() {
        return Stream.of(
                List.of(RdsFacts.mysql57(), "rds_set_external_master", "rds_reset_external_master"),
                List.of(RdsFacts.mysql80(), "rds_set_external_master", "rds_reset_external_master"),
                List.of(RdsFacts.mysql84(), "rds_set_external_source", "rds_reset_external_source"));
    }

    @ParameterizedTest
    @MethodSource("flavours")
    void theReplicaIsPointedByTheProcedureThatItHas(List<Object> flavour) {
        MockContext context =
                MockContext.of(PLAN, RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica((MockFacts) flavour.get(0)));

        StepDraft draft = compile(GuideStep.ENABLE_REPLICATION, context);

        assertThat(draft.problems()).isEmpty();
        assertThat(previews(draft))
                .containsExactly(
                        "CALL mysql." + flavour.get(1) + "('source.example', 3306, 'sluice_repl', <secret>,"
                                + " <coordinates of the snapshot: file>, <coordinates of the snapshot: position>, 1)",
                        WAIT_FOR_FILTER,
                        "CALL mysql.rds_stop_replication",
                        "CALL mysql.rds_start_replication");
        Operation set = draft.operations().get(0);
        assertThat(set.info().undos())
                .singleElement()
                .satisfies(undo -> assertThat(undo.statement().preview()).isEqualTo("CALL mysql." + flavour.get(2)));
        assertThat(set.needs()).hasSize(1);
    }

    @Test
    void aServerWithoutTheProceduresIsRefused() {
        MockContext context =
                MockContext.of(PLAN, RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica(MockFacts.mysql80()));

        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, context))).contains("RDS-113");
    }

    @Test
    void aProcedureWithAnotherNumberOfArgumentsIsNotTried() {
        MockFacts odd = MockFacts.mysql80()
                .routine("rds_start_replication")
                .routine("rds_stop_replication")
                .routine("rds_set_external_source", "host", "port", "user");
        MockContext context = MockContext.of(PLAN, RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica(odd));

        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, context))).containsExactly("RDS-113");
    }

    @Test
    void plainTextNeedsAConsent() {
        MockFacts plain = RdsFacts.mysql57();

        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, context(PLAN, plain))))
                .containsExactly("RDS-114");
        assertThat(previews(compile(GuideStep.ENABLE_REPLICATION, context(PLAN.allowPlainText(), plain))))
                .first()
                .asString()
                .endsWith(", 0)");
    }

    @Test
    void gtidIsRefusedWhereItWasDemandedAndLeftWhereItWasNot() {
        MockContext demanded = MockContext.of(
                PLAN.withGtid(),
                RdsFacts.source(RdsFacts.mysql80().gtidOn()),
                RdsFacts.replica(RdsFacts.mysql80().gtidOn()));
        MockContext allowed = MockContext.of(
                PLAN,
                RdsFacts.source(RdsFacts.mysql80().gtidOn()),
                RdsFacts.replica(RdsFacts.mysql80().gtidOn()));

        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, demanded))).containsExactly("RDS-201");
        StepDraft draft = compile(GuideStep.ENABLE_REPLICATION, allowed);
        assertThat(draft.problems()).isEmpty();
        assertThat(draft.notes()).anyMatch(note -> note.contains("by file and position"));
    }

    @Test
    void aReplicaThatRdsManagesIsRefused() {
        MockFacts managed =
                RdsFacts.mysql80().channel(RdsFacts.channel(RdsFacts.source(RdsFacts.mysql84()), "rdsrepladmin"));
        MockContext context = MockContext.of(PLAN, RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica(managed));

        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, context))).containsExactly("RDS-203");
    }

    @Test
    void aReplicaThatFollowsAlreadyIsOnlyStarted() {
        MockFacts following =
                RdsFacts.mysql80().channel(RdsFacts.channel(RdsFacts.source(RdsFacts.mysql80()), "sluice_repl"));
        MockContext context = MockContext.of(PLAN, RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica(following));

        assertThat(previews(compile(GuideStep.ENABLE_REPLICATION, context)))
                .containsExactly("CALL mysql.rds_stop_replication", "CALL mysql.rds_start_replication");
        assertThat(compile(GuideStep.RETAIN_BINLOGS, context).operations()).isEmpty();
        assertThat(compile(GuideStep.CREATE_REPLICATION_USER, context).operations())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("flavours")
    void theEndStopsAndResets(List<Object> flavour) {
        MockFacts following = ((MockFacts) flavour.get(0))
                .channel(RdsFacts.channel(RdsFacts.source(RdsFacts.mysql80()), "sluice_repl"));
        MockContext context = MockContext.of(
                EndPlan.of(REPLICA).source(SOURCE), RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica(following));

        assertThat(previews(compile(GuideStep.STOP_REPLICATION, context)))
                .containsExactly("CALL mysql.rds_stop_replication");
        assertThat(previews(compile(GuideStep.RESET_REPLICA, context))).containsExactly("CALL mysql." + flavour.get(2));
    }

    @Test
    void nothingIsStoppedWhereNothingIsConfigured() {
        MockContext context = MockContext.of(EndPlan.of(REPLICA), RdsFacts.replica(RdsFacts.mysql80()));

        assertThat(compile(GuideStep.STOP_REPLICATION, context).operations()).isEmpty();
        assertThat(compile(GuideStep.RESET_REPLICA, context).operations()).isEmpty();
    }

    @Test
    void theBinlogIsSwitchedOffByNameOnly() {
        EndPlan end = EndPlan.of(REPLICA).source(SOURCE).disableBinlog();

        assertThat(codes(compile(GuideStep.DISABLE_BINLOG, end(end)))).containsExactly("RDS-132");
        assertThat(previews(compile(GuideStep.DISABLE_BINLOG, end(end.allow(Consent.BACKUP_RETENTION_CHANGE)))))
                .anyMatch(line -> line.contains("--backup-retention-period 0"));
    }

    private static MockContext end(EndPlan plan) {
        return MockContext.of(plan, RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica(RdsFacts.mysql80()));
    }

    @Test
    void noGlobalReadLockIsTried() {
        assertThat(engine.snapshotLocks()).containsExactly(LockKind.TABLE_WRITE_LOCKS);
    }

    @Test
    void stepsHaveKeysOfTheirOwn() {
        List<String> keys = Stream.concat(engine.sourceSteps().stream(), engine.replicaSteps().stream())
                .map(step -> step.key().toString())
                .toList();

        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.startsWith("rds-mysql/"));
    }
}
