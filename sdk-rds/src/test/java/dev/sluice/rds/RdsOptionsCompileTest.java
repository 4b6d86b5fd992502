// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.MockFacts;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** GTIDs, delays, stop points, repairs and filters, from facts alone. */
class RdsOptionsCompileTest {
    private static final RdsMySql SOURCE =
            RdsMySql.instance("orders").region("eu-west-1").credentials("admin", Secret.env("A"));
    private static final RdsMySql REPLICA =
            RdsMySql.instance("orders-copy").region("eu-west-1").credentials("admin", Secret.env("B"));
    private static final String GTID = "3e11fa47-71ca-11e1-9e33-c80aa9429562:23";

    private final RdsEngine engine = RdsEngine.create();

    private static ReplicationPlan plan(RdsOption... options) {
        return ReplicationPlan.from(SOURCE).to(REPLICA, options);
    }

    private static MockFacts full() {
        return RdsFacts.mysql80()
                .routine("rds_set_external_source_gtid_purged", "uuid", "start_pos", "end_pos")
                .routine(
                        "rds_set_external_master_with_delay",
                        "host",
                        "port",
                        "user",
                        "passwd",
                        "name",
                        "pos",
                        "ssl",
                        "delay")
                .routine("rds_start_replication_until", "file", "pos")
                .routine("rds_start_replication_until_gtid", "gtid")
                .routine("rds_skip_repl_error")
                .routine("rds_skip_transaction_with_gtid", "gtid")
                .routine("rds_next_master_log", "curr_master_log");
    }

    private StepDraft compile(GuideStep row, ReplicationPlan plan, MockFacts replica) {
        return compile(row, MockContext.of(plan, RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica(replica)));
    }

    private StepDraft compile(GuideStep row, MockContext context) {
        return engine.replicaSteps().stream()
                .filter(step -> step.row() == row)
                .findFirst()
                .orElseThrow()
                .compile(context);
    }

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

    @Test
    void gtidsAreTakenOverIntervalByInterval() {
        MockContext context = MockContext.of(
                plan().withGtid(), RdsFacts.source(RdsFacts.mysql80().gtidOn()), RdsFacts.replica(full().gtidOn()));

        StepDraft draft = compile(GuideStep.ENABLE_REPLICATION, context);

        assertThat(draft.problems()).isEmpty();
        assertThat(previews(draft))
                .startsWith(
                        "CALL mysql.rds_set_external_source_gtid_purged(<coordinates of the snapshot: each interval's server UUID>,"
                                + " <coordinates of the snapshot: each interval's first number>,"
                                + " <coordinates of the snapshot: each interval's last number>)",
                        "CALL mysql.rds_set_external_master_with_auto_position('source.example', 3306, 'sluice_repl',"
                                + " <secret>, 1, 0)");
        assertThat(draft.operations().get(0).needs()).hasSize(1);
    }

    @Test
    void aDelayGoesWithTheProcedureThatTakesIt() {
        ReplicationPlan delayed = plan(RdsOption.delayedBy(Duration.ofMinutes(30)));

        assertThat(previews(compile(GuideStep.ENABLE_REPLICATION, delayed, full())))
                .first()
                .asString()
                .startsWith("CALL mysql.rds_set_external_master_with_delay(")
                .endsWith(", 1, 1800)");
        MockContext gtid = MockContext.of(
                delayed.withGtid(), RdsFacts.source(RdsFacts.mysql80().gtidOn()), RdsFacts.replica(full().gtidOn()));
        assertThat(previews(compile(GuideStep.ENABLE_REPLICATION, gtid))).anyMatch(line -> line.endsWith(", 1, 1800)"));
        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, delayed, RdsFacts.mysql57())))
                .contains("RDS-207");
    }

    @Test
    void replicationStopsAtAPoint() {
        ReplicationPlan until = plan(RdsOption.untilPosition(new BinlogPosition("mysql-bin-changelog.000003", 4278)));

        assertThat(previews(compile(GuideStep.ENABLE_REPLICATION, until.until(GuideStep.ENABLE_REPLICATION), full())))
                .last()
                .isEqualTo("CALL mysql.rds_start_replication_until('mysql-bin-changelog.000003', 4278)");
        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, until, full()))).containsExactly("RDS-207");
        assertThat(codes(compile(
                        GuideStep.ENABLE_REPLICATION,
                        until.until(GuideStep.ENABLE_REPLICATION),
                        full().variable("replica_parallel_workers", "4"))))
                .containsExactly("RDS-207");
    }

    private static MockContext stuck(ReplicationPlan plan, boolean autoPosition) {
        ServerFacts source = RdsFacts.source(RdsFacts.mysql80());
        ChannelFacts channel = new ChannelFacts(
                "",
                source.address().host(),
                source.address().port(),
                "sluice_repl",
                source.serverUuid(),
                autoPosition,
                true,
                "Yes",
                "No");
        return MockContext.of(plan, source, RdsFacts.replica(full().channel(channel)));
    }

    @Test
    void whatIsSkippedNeedsItsConsent() {
        for (RdsOption option :
                List.of(RdsOption.skippingError(), RdsOption.skippingTransaction(GTID), RdsOption.leavingLog(107))) {
            StepDraft draft = compile(GuideStep.ENABLE_REPLICATION, stuck(plan(option), false));

            assertThat(draft.problems()).isEmpty();
            assertThat(draft.operations())
                    .filteredOn(one -> one.info().change() == Change.DISRUPTS)
                    .singleElement()
                    .satisfies(one -> assertThat(one.info().consent()).contains(Consent.SKIPPED_CHANGES));
        }
    }

    @Test
    void thePositionOfAnErrorIsNotSkippedWhereGtidsAreFollowed() {
        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, stuck(plan(RdsOption.skippingError()), true))))
                .containsExactly("RDS-207");
        assertThat(previews(
                        compile(GuideStep.ENABLE_REPLICATION, stuck(plan(RdsOption.skippingTransaction(GTID)), true))))
                .first()
                .isEqualTo("CALL mysql.rds_skip_transaction_with_gtid('" + GTID + "')");
    }

    @Test
    void nothingIsSkippedOnAReplicaThatDoesNotFollow() {
        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, plan(RdsOption.skippingError()), full())))
                .containsExactly("RDS-207");
    }

    @Test
    void aScopeIsAFilterInTheInstanceGroup() {
        MockFacts facts = full().variable("sluice.parameter_group", "default.mysql8.0");

        StepDraft draft = compile(
                GuideStep.PREPARE_REPLICA, plan().databases("a_b", "c").withoutTables(TableName.of("c", "log")), facts);

        assertThat(draft.problems()).isEmpty();
        assertThat(draft.operations().stream().map(Operation::id))
                .containsExactly(
                        "create-parameter-group",
                        "attach-parameter-group",
                        "wait-for-parameter-group",
                        "set-parameters",
                        "wait-for-filter");
        assertThat(((ControlPlaneOperation) draft.operations().get(0)).parameters())
                .containsEntry("DBParameterGroupFamily", "mysql8.0");
        assertThat(((ControlPlaneOperation) draft.operations().get(3)).parameters())
                .containsEntry("Parameters.replicate-wild-do-table", "a\\_b.%,c.%")
                .containsEntry("Parameters.replicate-ignore-table", "c.log")
                .containsEntry("Parameters.replicate-wild-ignore-table", "mysql.%,sys.%");
        assertThat(draft.operations()).noneMatch(one -> one.info().change() == Change.DISRUPTS);
    }

    @Test
    void aGroupThatOthersHaveIsChangedOnlyWhereThePlanAllowsIt() {
        MockFacts facts = full().variable("sluice.parameter_group", "settings")
                .variable("sluice.parameter_group_others", "billing,invoices");

        StepDraft refused = compile(GuideStep.PREPARE_REPLICA, plan().databases("orders"), facts);
        StepDraft allowed =
                compile(GuideStep.PREPARE_REPLICA, plan().databases("orders").allowSharedParameterGroup(), facts);

        assertThat(codes(refused)).containsExactly("RDS-212");
        assertThat(refused.problems().get(0).what())
                .contains("billing, invoices", "settings", "replicate-wild-do-table");
        assertThat(refused.problems().get(0).remedy()).contains("allowSharedParameterGroup()");
        assertThat(allowed.problems()).isEmpty();
        assertThat(allowed.operations().get(0).info().consent()).contains(Consent.SHARED_PARAMETER_GROUP);
        assertThat(codes(compile(
                        GuideStep.PREPARE_REPLICA,
                        plan().databases("orders"),
                        facts.variable("sluice.parameter_group_others", ""))))
                .isEmpty();
    }

    @Test
    void aGroupWhoseUsersCannotBeSeenMayBeAnybodys() {
        MockFacts facts = full().variable("sluice.parameter_group", "settings");

        assertThat(codes(compile(GuideStep.PREPARE_REPLICA, plan().databases("orders"), facts)))
                .containsExactly("RDS-212");
    }

    @Test
    void aGroupIsNotAttachedTogetherWithWhatOthersHaveAskedFor() {
        MockFacts facts = full().variable("sluice.parameter_group", "default.mysql8.0")
                .variable("sluice.pending_changes", "DBInstanceClass,MultiAZ");

        StepDraft refused = compile(GuideStep.PREPARE_REPLICA, plan().databases("orders"), facts);

        assertThat(codes(refused)).containsExactly("AWS-113");
        assertThat(refused.problems().get(0).what()).contains("DBInstanceClass, MultiAZ");
        assertThat(codes(compile(
                        GuideStep.PREPARE_REPLICA, plan().databases("orders").allowPendingChanges(), facts)))
                .isEmpty();
    }

    @Test
    void namesThatCannotBeSaidAreRefused() {
        MockFacts facts =
                full().variable("sluice.parameter_group", "settings").variable("sluice.parameter_group_others", "");
        String[] many = IntStream.range(0, 100)
                .mapToObj(i -> "database_with_a_long_name_" + i)
                .toArray(String[]::new);

        assertThat(codes(compile(GuideStep.PREPARE_REPLICA, plan().databases("a,b"), facts)))
                .containsExactly("RDS-202");
        assertThat(codes(compile(GuideStep.PREPARE_REPLICA, plan().databases(many), facts)))
                .containsExactly("RDS-202");
    }

    @Test
    void withoutClientsTheFilterIsAnActionForAPersonWhereTheServerShowsIt() {
        StepDraft draft = compile(GuideStep.PREPARE_REPLICA, plan().databases("orders"), full());

        assertThat(draft.operations().get(0)).isInstanceOf(PersonOperation.class);
        assertThat(previews(draft))
                .anyMatch(line -> line.contains("aws rds modify-db-parameter-group"))
                .anyMatch(line -> line.contains("who else has the group"));
        assertThat(codes(compile(GuideStep.PREPARE_REPLICA, plan().databases("orders"), RdsFacts.mysql57())))
                .containsExactly("RDS-202");
    }

    @Test
    void aPlanAboutEverythingNeedsNoFilter() {
        assertThat(compile(GuideStep.PREPARE_REPLICA, plan(), full()).operations())
                .isEmpty();
    }
}
