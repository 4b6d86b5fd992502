// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunId;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.RdsMySql;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.MockFacts;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiCluster;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.ApiInstance;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that must not be made, or not twice, by the real client, with an API behind which no servers stand. */
class RdsControlPlaneTest {
    private static final OperationInfo INFO = OperationInfo.changing("id", Target.SOURCE, "test");
    private static final RunId RUN = new RunId("r-1");

    private final PaperApi paper = new PaperApi();
    private final RdsControlPlane plane = new RdsControlPlane(paper.clients);
    private final RdsLooks looks = new RdsLooks(paper.clients);
    private ApiInstance instance;
    private ApiCluster cluster;

    @BeforeEach
    void open() {
        instance = paper.region().instance("orders", "8.0.36", 0);
        cluster = paper.region().cluster("shop", "8.0.mysql_aurora.3.08.0");
    }

    @AfterEach
    void close() {
        paper.close();
    }

    private static StepContext context(UnaryOperator<ReplicationPlan> allowing) {
        RdsMySql source = RdsMySql.instance("orders").region("eu-west-1").credentials("admin", Secret.env("A"));
        RdsMySql replica = RdsMySql.instance("copy").region("eu-west-1").credentials("admin", Secret.env("A"));
        return MockContext.of(
                allowing.apply(ReplicationPlan.from(source).to(replica)),
                MockFacts.mysql80().of(RdsEngine.ID, new ServerAddress("source.example", 3306)),
                MockFacts.mysql80().of(RdsEngine.ID, new ServerAddress("replica.example", 3306)));
    }

    private void perform(ControlPlaneOperation operation) {
        plane.perform(operation, context(plan -> plan));
    }

    private ControlPlaneOperation retention() {
        return RdsCalls.backupRetention(INFO, PaperApi.PLACE, "orders", 1);
    }

    private ControlPlaneOperation reboot() {
        return new ParameterGroupCalls(GroupOwner.cluster(PaperApi.PLACE, "shop")).reboot(INFO, "shop-1");
    }

    private List<String> modifications() {
        return paper.api.modifications().stream().map(ApiCall::action).toList();
    }

    private static void assertRefused(ErrorCode code, Runnable call, String... words) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StepRefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code))
                .hasMessageContainingAll(words);
    }

    @Test
    void whatOthersHaveLeftForAMaintenanceWindowIsNotTakenAlong() {
        instance.pending("DBInstanceClass", "db.r6g.8xlarge");
        instance.pending("MasterUserPassword", "****");

        assertRefused(
                AwsErrorCode.CHANGES_PENDING,
                () -> perform(retention()),
                "orders",
                "DBInstanceClass, MasterUserPassword");
        assertThat(modifications()).isEmpty();

        plane.perform(retention(), context(ReplicationPlan::allowPendingChanges));

        assertThat(modifications()).containsExactly("ModifyDBInstance");
    }

    @Test
    void theSameHoldsForClusters() {
        ParameterGroupCalls calls = new ParameterGroupCalls(GroupOwner.cluster(PaperApi.PLACE, "shop"));
        perform(calls.create(INFO, "mine", "aurora-mysql8.0"));
        cluster.pending("EngineVersion", "8.0.mysql_aurora.3.10.1");

        assertRefused(AwsErrorCode.CHANGES_PENDING, () -> perform(calls.attach(INFO, "mine")), "shop", "EngineVersion");
        assertThat(modifications()).containsExactly("CreateDBClusterParameterGroup");
    }

    @Test
    void aChangeOfTheCallsOwnIsNoOther() {
        instance.pending("BackupRetentionPeriod", "1");

        perform(retention());

        assertThat(modifications()).containsExactly("ModifyDBInstance");
    }

    @Test
    void aRebootWhoseAnswerWasLostIsNotMadeTwice() {
        paper.api.failOnce("RebootDBInstance", ApiFault.LOST_ANSWER);
        assertThatThrownBy(() -> perform(reboot())).isInstanceOf(StepOutcomeUnknownException.class);

        perform(reboot());

        paper.api.passAll();
        assertThat(paper.region().findInstance("shop-1").orElseThrow().status()).isEqualTo("available");
        assertThat(modifications()).containsExactly("RebootDBInstance");
    }

    @Test
    void aRebootThatIsOverAlreadyIsNotMadeAgain() {
        paper.api.failOnce("RebootDBInstance", ApiFault.LOST_ANSWER);
        assertThatThrownBy(() -> perform(reboot())).isInstanceOf(StepOutcomeUnknownException.class);
        paper.api.passAll();

        perform(reboot());

        assertThat(modifications()).containsExactly("RebootDBInstance");
    }

    @Test
    void aLaterRunMakesItsOwnReboot() {
        paper.api.failOnce("RebootDBInstance", ApiFault.LOST_ANSWER);
        assertThatThrownBy(() -> perform(reboot())).isInstanceOf(StepOutcomeUnknownException.class);
        paper.api.passAll();

        plane.perform(reboot(), context(ReplicationPlan::allowWriterReboot));

        assertThat(modifications()).containsExactly("RebootDBInstance", "RebootDBInstance");
    }

    @Test
    void aRebootThatNeverArrivedIsMadeOnceThatIsSure() {
        paper.api.failOnce("RebootDBInstance", ApiFault.LOST_REQUEST);
        assertThatThrownBy(() -> perform(reboot())).isInstanceOf(StepOutcomeUnknownException.class);

        assertThatThrownBy(() -> perform(reboot()))
                .isInstanceOfSatisfying(
                        StepUnavailableException.class,
                        doubt -> assertThat(doubt.code()).isEqualTo(AwsErrorCode.REBOOT_IN_DOUBT));
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(StepUnavailableException.class)
                .untilAsserted(() -> perform(reboot()));

        assertThat(paper.region().findInstance("shop-1").orElseThrow().status()).isEqualTo("rebooting");
    }

    @Test
    void aStateThatPassesIsWaitedForAndOneThatDoesNotIsTold() {
        instance.status("backing-up");
        assertThatThrownBy(() -> perform(retention()))
                .isInstanceOfSatisfying(
                        StepUnavailableException.class,
                        busy -> assertThat(busy.code().retry()).isEqualTo(ErrorCode.Retry.CAN_TAKE_LONG));

        instance.status("storage-full");

        assertRefused(AwsErrorCode.TERMINAL_STATE, () -> perform(retention()), "orders", "storage-full");
    }

    @Test
    void statesThatAwsMayInventAreTerminalToo() {
        instance.status("incompatible-something-new");

        assertThatThrownBy(() -> looks.isAvailable(GroupOwner.instance(PaperApi.PLACE, "orders")))
                .isInstanceOfSatisfying(
                        StepException.class, told -> assertThat(told.code()).isEqualTo(AwsErrorCode.TERMINAL_STATE));
    }

    @Test
    void whoElseHasAGroupIsSeen() {
        paper.region().instance("billing", "8.0.36", 1);
        paper.region().cluster("books", "8.0.mysql_aurora.3.08.0");
        paper.region().cluster("old-books", "5.7.mysql_aurora.2.12.3");

        GroupOwner orders = GroupOwner.instance(PaperApi.PLACE, "orders");
        GroupOwner shop = GroupOwner.cluster(PaperApi.PLACE, "shop");
        assertThat(looks.othersWith(orders, looks.attachedGroup(orders))).containsExactly("billing");
        assertThat(looks.othersWith(shop, looks.attachedGroup(shop))).containsExactly("books");
        assertThat(looks.othersWith(shop, "nobodys")).isEmpty();
    }

    @Test
    void aSnapshotThatFailedIsNotWaitedFor() {
        ControlPlaneOperation snapshot = TemporaryClusterCalls.snapshot(INFO, PaperApi.PLACE, "shop");
        perform(snapshot.of(RUN));
        TemporaryCopies copies = new TemporaryCopies(paper.clients);
        assertThat(copies.snapshotStatus(PaperApi.PLACE, RUN)).contains("creating");

        paper.region().clusterSnapshotStatus("sluice-r-1", "failed");

        assertRefused(
                AwsErrorCode.TERMINAL_STATE, () -> copies.snapshotStatus(PaperApi.PLACE, RUN), "sluice-r-1", "failed");
    }

    @Test
    void aCloneOfAServerlessClusterGetsAWriter() {
        cluster.serverlessV2("0.5", "16");
        paper.region().findInstance("shop-1").orElseThrow().instanceClass("db.serverless");

        perform(TemporaryClusterCalls.cloned(INFO, PaperApi.PLACE, "shop").of(RUN));
        paper.api.passAll();
        perform(TemporaryClusterCalls.writer(INFO, PaperApi.PLACE, "shop").of(RUN));

        assertThat(paper.region().findInstance("sluice-r-1")).isPresent();
        assertThat(paper.api.modifications().get(0).parameters())
                .containsEntry("ServerlessV2ScalingConfiguration.MinCapacity", "0.5")
                .containsEntry("ServerlessV2ScalingConfiguration.MaxCapacity", "16.0");
    }

    @Test
    void whatServersTellIsOneWordOfAShell() {
        ParameterGroupCalls calls = new ParameterGroupCalls(GroupOwner.cluster(PaperApi.PLACE, "shop"));

        assertThat(calls.reboot(INFO, "x; rm -rf ~ 'y'").command())
                .isEqualTo(
                        "aws rds reboot-db-instance --region eu-west-1 --db-instance-identifier 'x; rm -rf ~ '\\''y'\\'''");
        assertThat(calls.reboot(INFO, "shop-1").command()).endsWith(" --db-instance-identifier shop-1");
    }
}
