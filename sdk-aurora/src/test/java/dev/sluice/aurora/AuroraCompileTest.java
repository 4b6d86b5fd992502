// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Change;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Step;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.MockFacts;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine would do, from facts alone, on each version's procedures. */
class AuroraCompileTest {
    private static final AuroraMySql SOURCE =
            AuroraMySql.cluster("orders-prod").region("eu-west-1").credentials("admin", Secret.env("A"));
    private static final AuroraMySql REPLICA =
            AuroraMySql.cluster("orders-copy").region("eu-west-1").credentials("admin", Secret.env("B"));
    private static final ReplicationPlan PLAN =
            ReplicationPlan.from(SOURCE).to(REPLICA).replicationUserHost("10.0.%");
    private static final String COORDINATES =
            "<coordinates of the snapshot: file>, <coordinates of the snapshot: position>";

    private final AuroraEngine engine = AuroraEngine.create();

    private StepDraft compile(GuideStep row, MockContext context) {
        Step step = Stream.concat(engine.sourceSteps().stream(), engine.replicaSteps().stream())
                .filter(one -> one.row() == row)
                .findFirst()
                .orElseThrow();
        assertThat(step.compile(context)).as("pure").isEqualTo(step.compile(context));
        return step.compile(context);
    }

    private static MockContext from(ReplicationPlan plan, MockFacts source) {
        return MockContext.of(plan, AuroraFactsOf.source(source), AuroraFactsOf.replica(AuroraFactsOf.version3()));
    }

    private static MockContext to(ReplicationPlan plan, MockFacts replica) {
        return MockContext.of(plan, AuroraFactsOf.source(AuroraFactsOf.version3()), AuroraFactsOf.replica(replica));
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

    private static List<String> ids(StepDraft draft) {
        return draft.operations().stream().map(Operation::id).toList();
    }

    static Stream<MockFacts> versions() {
        return Stream.of(
                AuroraFactsOf.version2(),
                AuroraFactsOf.version302(),
                AuroraFactsOf.version3(),
                AuroraFactsOf.version84());
    }

    @ParameterizedTest
    @MethodSource("versions")
    void withoutConsentsNothingIsRebootedOrModified(MockFacts version) {
        MockFacts off = version.binlogOff();

        for (GuideStep row : GuideStep.values()) {
            Stream.concat(engine.sourceSteps().stream(), engine.replicaSteps().stream())
                    .filter(step -> step.row() == row && row.compareTo(GuideStep.RELAX_RETENTION) <= 0)
                    .forEach(step -> assertThat(step.compile(from(PLAN, off)).operations())
                            .as(step.key().toString())
                            .noneMatch(ControlPlaneOperation.class::isInstance)
                            .noneMatch(one -> one.info().change() == Change.DISRUPTS));
        }
        assertThat(codes(compile(GuideStep.ENABLE_BINLOG, from(PLAN, off)))).containsExactly("AUR-111");
    }

    @Test
    void theRebootHasItsConsentInTheRemedy() {
        StepDraft draft = compile(
                GuideStep.ENABLE_BINLOG, from(PLAN, AuroraFactsOf.version3().binlogOff()));

        assertThat(draft.problems().get(0).remedy()).contains(".allowWriterReboot()");
    }

    @Test
    void aDefaultGroupIsReplacedBeforeItIsChanged() {
        MockFacts facts =
                AuroraFactsOf.version3().binlogOff().variable("sluice.parameter_group", "default.aurora-mysql8.0");

        StepDraft draft = compile(GuideStep.ENABLE_BINLOG, from(PLAN.allowWriterReboot(), facts));

        assertThat(ids(draft))
                .containsExactly(
                        "create-parameter-group",
                        "attach-parameter-group",
                        "wait-for-parameter-group",
                        "set-parameters",
                        "wait-for-pending-reboot",
                        "reboot-writer",
                        "wait-for-binlog-setting");
        assertThat(previews(draft))
                .contains(
                        "aws rds create-db-cluster-parameter-group --region eu-west-1 --db-cluster-parameter-group-name"
                                + " sluice-orders-prod --db-parameter-group-family aurora-mysql8.0 --description"
                                + " 'Made by Sluice for orders-prod'",
                        "aws rds modify-db-cluster --region eu-west-1 --db-cluster-identifier orders-prod"
                                + " --db-cluster-parameter-group-name sluice-orders-prod --apply-immediately",
                        "aws rds modify-db-cluster-parameter-group --region eu-west-1 --db-cluster-parameter-group-name"
                                + " sluice-orders-prod --parameters"
                                + " '[{\"ParameterName\":\"binlog_format\",\"ParameterValue\":\"ROW\",\"ApplyMethod\":\"pending-reboot\"}]'",
                        "aws rds reboot-db-instance --region eu-west-1 --db-instance-identifier orders-prod-1");
        assertThat(draft.operations())
                .filteredOn(one -> one.info().change() == Change.DISRUPTS)
                .singleElement()
                .satisfies(one -> assertThat(one.info().consent()).contains(Consent.WRITER_REBOOT));
    }

    @Test
    void aGroupThatOtherClustersHaveIsChangedOnlyWhereThePlanAllowsIt() {
        MockFacts facts = AuroraFactsOf.version3()
                .binlogOff()
                .variable("sluice.parameter_group", "shared")
                .variable("sluice.parameter_group_others", "books");

        StepDraft refused = compile(GuideStep.ENABLE_BINLOG, from(PLAN.allowWriterReboot(), facts));

        assertThat(codes(refused)).containsExactly("RDS-212");
        assertThat(refused.problems().get(0).what()).contains("books", "shared", "binlog_format");
        assertThat(codes(compile(
                        GuideStep.ENABLE_BINLOG, from(PLAN.allowWriterReboot().allowSharedParameterGroup(), facts))))
                .isEmpty();
    }

    @Test
    void aServersOwnNameIsOneWordOfAShell() {
        MockFacts facts = AuroraFactsOf.version3().binlogOff().variable("aurora_server_id", "x; halt");

        assertThat(previews(compile(GuideStep.ENABLE_BINLOG, from(PLAN.allowWriterReboot(), facts))))
                .anyMatch(line -> line.endsWith("--db-instance-identifier 'x; halt'"));
    }

    @Test
    void theControlPlaneIsOne() {
        try (AuroraEngine one = AuroraEngine.create(AwsClients.onlyGiven())) {
            assertThat(one.controlPlane().orElseThrow())
                    .isSameAs(one.controlPlane().orElseThrow());
        }
    }

    @Test
    void aGroupOfItsOwnIsOnlyChanged() {
        MockFacts facts = AuroraFactsOf.version3()
                .binlogOff()
                .variable("sluice.parameter_group", "orders-settings")
                .variable("sluice.parameter_group_others", "");

        StepDraft draft = compile(GuideStep.ENABLE_BINLOG, from(PLAN.allowWriterReboot(), facts));

        assertThat(ids(draft))
                .containsExactly(
                        "set-parameters", "wait-for-pending-reboot", "reboot-writer", "wait-for-binlog-setting");
        assertThat(previews(draft))
                .anyMatch(line -> line.contains("--db-cluster-parameter-group-name orders-settings"));
    }

    @Test
    void gtidsComeWithTheLogWhereThePlanFollowsThem() {
        MockFacts facts = AuroraFactsOf.version3()
                .binlogOff()
                .variable("sluice.gtids_come_with_binlog", "YES")
                .variable("sluice.parameter_group", "orders-settings")
                .variable("sluice.parameter_group_others", "");

        StepDraft draft = compile(GuideStep.ENABLE_BINLOG, from(PLAN.withGtid().allowWriterReboot(), facts));

        assertThat(((ControlPlaneOperation) draft.operations().get(0)).parameters())
                .containsEntry("Parameters.gtid-mode", "ON")
                .containsEntry("Parameters.enforce_gtid_consistency", "ON")
                .containsEntry("Parameters.binlog_format", "ROW")
                .containsEntry("ApplyMethod", "pending-reboot");
        assertThat(((ControlPlaneOperation) compile(GuideStep.ENABLE_BINLOG, from(PLAN.allowWriterReboot(), facts))
                                .operations()
                                .get(0))
                        .parameters())
                .doesNotContainKey("Parameters.gtid-mode");
    }

    @Test
    void withoutClientsAPersonDoesIt() {
        StepDraft draft = compile(
                GuideStep.ENABLE_BINLOG,
                from(PLAN.allowWriterReboot(), AuroraFactsOf.version3().binlogOff()));

        assertThat(ids(draft)).containsExactly("set-parameters", "reboot-writer", "wait-for-binlog-setting");
        assertThat(draft.operations().get(0)).isInstanceOf(PersonOperation.class);
        assertThat(previews(draft)).anyMatch(line -> line.contains("aws rds modify-db-cluster-parameter-group"));
    }

    @Test
    void theLogIsSwitchedOffByNameOnly() {
        ServerFacts source = AuroraFactsOf.source(AuroraFactsOf.version3()
                .variable("sluice.parameter_group", "orders-settings")
                .variable("sluice.parameter_group_others", ""));
        ServerFacts replica = AuroraFactsOf.replica(AuroraFactsOf.version3());
        EndPlan end = EndPlan.of(REPLICA).source(SOURCE).disableBinlog();

        assertThat(codes(compile(GuideStep.DISABLE_BINLOG, MockContext.of(end, source, replica))))
                .containsExactly("AUR-112");
        StepDraft draft =
                compile(GuideStep.DISABLE_BINLOG, MockContext.of(end.allow(Consent.WRITER_REBOOT), source, replica));
        assertThat(previews(draft))
                .first()
                .isEqualTo("CALL mysql.rds_set_configuration('binlog retention hours', NULL)");
        assertThat(previews(draft)).anyMatch(line -> line.contains("\"ParameterValue\":\"OFF\""));
    }

    @Test
    void binaryLogsAreKeptForUpToNinetyDays() {
        assertThat(previews(compile(
                        GuideStep.RETAIN_BINLOGS,
                        from(PLAN.retainBinlogs(Duration.ofHours(2160)), AuroraFactsOf.version3()))))
                .containsExactly("CALL mysql.rds_set_configuration('binlog retention hours', 2160)");
        assertThat(codes(compile(
                        GuideStep.RETAIN_BINLOGS,
                        from(PLAN.retainBinlogs(Duration.ofHours(2161)), AuroraFactsOf.version3()))))
                .containsExactly("RDS-112");
    }

    @Test
    void theAccountIsBoundToAddresses() {
        ReplicationPlan byName = ReplicationPlan.from(SOURCE).to(REPLICA).replicationUserHost("replica.corp.example");

        assertThat(codes(compile(GuideStep.CREATE_REPLICATION_USER, from(byName, AuroraFactsOf.version3()))))
                .containsExactly("RDS-127");
        assertThat(previews(compile(GuideStep.CREATE_REPLICATION_USER, from(PLAN, AuroraFactsOf.version3()))))
                .first()
                .isEqualTo("CREATE USER 'sluice_repl'@'10.0.%' IDENTIFIED BY <secret> REQUIRE SSL");
    }

    @Test
    void version3IsPointedWithoutItsArgumentAndEncryptedByTheSwitch() {
        assertThat(previews(compile(GuideStep.ENABLE_REPLICATION, to(PLAN, AuroraFactsOf.version3()))))
                .containsExactly(
                        "CALL mysql.rds_set_external_source('source.example', 3306, 'sluice_repl', <secret>, "
                                + COORDINATES + ", 0)",
                        "CALL mysql.rds_set_binlog_source_ssl(1)",
                        WAIT_FOR_FILTER,
                        "CALL mysql.rds_stop_replication",
                        "CALL mysql.rds_start_replication");
    }

    @Test
    void version3FollowsGtids() {
        MockContext context = MockContext.of(
                PLAN.withGtid(),
                AuroraFactsOf.source(AuroraFactsOf.version3().gtidOn()),
                AuroraFactsOf.replica(AuroraFactsOf.version3().gtidOn()));

        StepDraft draft = compile(GuideStep.ENABLE_REPLICATION, context);

        assertThat(draft.problems()).isEmpty();
        assertThat(previews(draft))
                .containsExactly(
                        "CALL mysql.rds_gtid_purged(CONCAT('+', GTID_SUBTRACT(<coordinates of the snapshot: GTID set>,"
                                + " @@GLOBAL.gtid_executed)))",
                        "CALL mysql.rds_set_external_source_with_auto_position('source.example', 3306, 'sluice_repl',"
                                + " <secret>, 0)",
                        "CALL mysql.rds_set_binlog_source_ssl(1)",
                        WAIT_FOR_FILTER,
                        "CALL mysql.rds_stop_replication",
                        "CALL mysql.rds_start_replication");
    }

    @Test
    void earlierVersionsCannotBeToldGtids() {
        for (MockFacts version : List.of(AuroraFactsOf.version302(), AuroraFactsOf.version2())) {
            MockContext demanded = MockContext.of(
                    PLAN.withGtid().allowPlainText(),
                    AuroraFactsOf.source(AuroraFactsOf.version3().gtidOn()),
                    AuroraFactsOf.replica(version.gtidOn()));

            assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, demanded))).contains("RDS-201");
        }
    }

    @Test
    void version2HasTheOldNames() {
        StepDraft draft = compile(GuideStep.ENABLE_REPLICATION, to(PLAN, AuroraFactsOf.version2()));

        assertThat(previews(draft)).first().asString().startsWith("CALL mysql.rds_set_external_master(");
    }

    @Test
    void version2CannotEncryptAndSaysSo() {
        MockFacts version2 = AuroraFactsOf.version2().variable("sluice.replicates_with_tls", "NO");

        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, to(PLAN, version2))))
                .containsExactly("RDS-115");
        assertThat(codes(compile(GuideStep.CREATE_REPLICATION_USER, to(PLAN, version2))))
                .containsExactly("RDS-115");
        assertThat(compile(GuideStep.ENABLE_REPLICATION, to(PLAN.allowPlainText(), version2))
                        .problems())
                .isEmpty();
        assertThat(previews(compile(GuideStep.CREATE_REPLICATION_USER, to(PLAN.allowPlainText(), version2))))
                .first()
                .asString()
                .doesNotContain("REQUIRE SSL");
    }

    @Test
    void beforeTheSwitchACertificateIsNeeded() {
        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, to(PLAN, AuroraFactsOf.version302()))))
                .containsExactly("RDS-207");
        ReplicationPlan given = ReplicationPlan.from(SOURCE)
                .to(REPLICA, AuroraOption.tlsMaterial(Secret.env("CA"), Secret.env("CERT"), Secret.env("KEY")));

        StepDraft draft = compile(GuideStep.ENABLE_REPLICATION, to(given, AuroraFactsOf.version302()));

        assertThat(draft.problems()).isEmpty();
        assertThat(previews(draft))
                .startsWith("CALL mysql.rds_import_binlog_ssl_material(<JSON of secrets: ssl_ca, ssl_cert, ssl_key>)");
        assertThat(previews(draft).get(1))
                .startsWith("CALL mysql.rds_set_external_source(")
                .endsWith(", 1)");
        // Whose certificates were there before cannot be seen: they are neither replaced nor removed unasked.
        assertThat(draft.operations().get(0).info().consent()).contains(Consent.TLS_MATERIAL_REPLACEMENT);
        assertThat(draft.operations().get(0).info().undos()).isEmpty();
    }

    @Test
    void aKeyIsNotSentToAServerWithoutTls() {
        ReplicationPlan given = ReplicationPlan.from(SOURCE)
                .to(REPLICA, AuroraOption.tlsMaterial(Secret.env("CA"), Secret.env("CERT"), Secret.env("KEY")));

        assertThat(codes(compile(
                        GuideStep.ENABLE_REPLICATION,
                        to(given, AuroraFactsOf.version302().variable("have_ssl", "DISABLED")))))
                .contains("RDS-207");
    }

    @Test
    void aDelayIsForVersionsThatHaveIt() {
        ReplicationPlan delayed = ReplicationPlan.from(SOURCE).to(REPLICA, AuroraOption.delayedBy(Duration.ofHours(1)));

        assertThat(codes(compile(GuideStep.ENABLE_REPLICATION, to(delayed, AuroraFactsOf.version3()))))
                .containsExactly("RDS-207");
        assertThat(previews(compile(GuideStep.ENABLE_REPLICATION, to(delayed, AuroraFactsOf.version84()))))
                .contains("CALL mysql.rds_set_source_delay(3600)");
    }

    @Test
    void aScopeIsSetInTheClusterGroupAtOnce() {
        MockFacts facts = AuroraFactsOf.version3()
                .variable("sluice.parameter_group", "copy-settings")
                .variable("sluice.parameter_group_others", "");

        StepDraft draft = compile(GuideStep.PREPARE_REPLICA, to(PLAN.databases("or_ders"), facts));

        assertThat(draft.problems()).isEmpty();
        ControlPlaneOperation set = (ControlPlaneOperation) draft.operations().get(0);
        assertThat(set.action()).isEqualTo("ModifyDBClusterParameterGroup");
        assertThat(set.parameters())
                .containsEntry("Parameters.replicate-wild-do-table", "or\\_ders.%")
                .containsEntry("Parameters.replicate-wild-ignore-table", "mysql.%,sys.%")
                .containsEntry("ApplyMethod", "immediate");
        assertThat(set.command()).contains("\"or\\\\_ders.%\"");
    }

    @Test
    void version2HasNoFilter() {
        StepDraft draft = compile(GuideStep.PREPARE_REPLICA, to(PLAN.databases("orders"), AuroraFactsOf.version2()));

        assertThat(codes(draft)).containsExactly("RDS-202");
        assertThat(draft.problems().get(0).what()).contains("version 2");
    }

    @Test
    void everyStepHasAKeyOfThisEngine() {
        assertThat(Stream.concat(engine.sourceSteps().stream(), engine.replicaSteps().stream())
                        .map(step -> step.key().toString()))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("aurora-mysql/"));
    }
}
