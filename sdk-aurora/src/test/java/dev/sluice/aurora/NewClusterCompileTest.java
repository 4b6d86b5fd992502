// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.Seed;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.testing.MockFacts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans that create their replica, from facts alone. */
class NewClusterCompileTest {
    private static final AuroraMySql SOURCE =
            AuroraMySql.cluster("orders").region("eu-west-1").credentials("admin", Secret.env("A"));
    private static final NewAuroraCluster REPLICA =
            AuroraMySql.newCluster("orders-copy").region("eu-west-1").credentials("admin", Secret.env("A"));
    private static final ReplicationPlan PLAN = ReplicationPlan.from(SOURCE)
            .to(REPLICA)
            .replicationUserHost("10.0.%")
            .seedWith(AuroraSeed.CLUSTER_CLONE);

    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(AuroraEngine.create(AwsClients.onlyGiven()))
            .build();

    @AfterEach
    void close() {
        sluice.close();
    }

    private CompiledPlan compile(ReplicationPlan plan, MockFacts facts) {
        ServerFacts source = AuroraFactsOf.source(facts);
        return sluice.compile(plan, source, source.expectedOfCopy(AuroraEngine.ID));
    }

    private static CompiledStep step(CompiledPlan compiled, GuideStep row) {
        return compiled.steps().stream()
                .filter(one -> one.row() == row)
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(ReplicationPlan plan, MockFacts facts, String... codes) {
        assertThatThrownBy(() -> compile(plan, facts))
                .isInstanceOfSatisfying(
                        PlanRejectedException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(problem -> problem.code().id())
                                .contains(codes));
    }

    @Test
    void aCloneIsMadeTaggedAndTakenBackOnlyOnCancelAndAbandon() {
        CompiledStep load = step(compile(PLAN, AuroraFactsOf.version3()), GuideStep.LOAD);

        assertThat(load.operations())
                .extracting(Operation::id)
                .containsExactly("create-cluster", "wait-for-cluster", "create-writer", "tell-where-it-begins");
        assertThat(load.operations().get(3).fills()).isEqualTo(List.of(Slot.SNAPSHOT_COORDINATES));
        assertThat(load.operations().get(0).preview().get(1))
                .startsWith("aws rds restore-db-cluster-to-point-in-time --region eu-west-1"
                        + " --db-cluster-identifier orders-copy --source-db-cluster-identifier orders"
                        + " --restore-type copy-on-write --use-latest-restorable-time")
                .endsWith("--tags Key=sluice-run,Value=<run> Key=sluice-source,Value=eu-west-1/orders");
        List<Undo> undos = load.operations().stream()
                .flatMap(one -> one.info().undos().stream())
                .toList();
        assertThat(undos).extracting(Undo::scope).containsExactly(UndoScope.ROLLBACK, UndoScope.ROLLBACK);
        assertThat(undos)
                .extracting(undo -> undo.preview().get(1))
                .containsExactly(
                        "aws rds delete-db-cluster --region eu-west-1 --db-cluster-identifier orders-copy"
                                + " --skip-final-snapshot",
                        "aws rds delete-db-instance --region eu-west-1 --db-instance-identifier orders-copy-instance-1"
                                + " --skip-final-snapshot");
    }

    @Test
    void aSnapshotIsForAWhileAndTheClusterToStay() {
        CompiledPlan compiled = compile(PLAN.seedWith(AuroraSeed.CLUSTER_SNAPSHOT), AuroraFactsOf.version3());

        assertThat(step(compiled, GuideStep.SNAPSHOT).operations().get(0).info().undos())
                .extracting(Undo::scope)
                .containsExactly(UndoScope.TEMPORARY);
        assertThat(step(compiled, GuideStep.LOAD).operations().get(0).preview().get(1))
                .contains("--db-cluster-identifier orders-copy --snapshot-identifier sluice-<run>");
    }

    @Test
    void whatIsNotThereIsPreparedAfterItIsMade() {
        assertThat(compile(PLAN, AuroraFactsOf.version3()).steps())
                .extracting(CompiledStep::row)
                .containsSubsequence(
                        GuideStep.SNAPSHOT, GuideStep.LOAD, GuideStep.PREPARE_REPLICA, GuideStep.ENABLE_REPLICATION)
                .containsOnlyOnce(GuideStep.PREPARE_REPLICA);
    }

    @Test
    void thePreviewSaysThatTheReplicaIsExpected() {
        assertThat(compile(PLAN, AuroraFactsOf.version3()).explain().text())
                .contains("Replica: created by this plan")
                .contains("Nothing is copied");
    }

    @Test
    void whatTheCallerNamesIsNotTakenFromTheSource() {
        NewAuroraCluster named = REPLICA.parameterGroup("copies")
                .instanceClass("db.r6g.large")
                .subnetGroup("inner")
                .securityGroups("sg-1", "sg-2");

        CompiledStep load = step(
                compile(
                        ReplicationPlan.from(SOURCE)
                                .to(named)
                                .replicationUserHost("10.0.%")
                                .seedWith(AuroraSeed.CLUSTER_CLONE),
                        AuroraFactsOf.version3()),
                GuideStep.LOAD);

        assertThat(load.operations().get(0).preview().get(1))
                .contains("--db-cluster-parameter-group-name copies --db-subnet-group-name inner"
                        + " --vpc-security-group-ids sg-1 sg-2");
        assertThat(load.operations().get(2).preview().get(1)).contains("--db-instance-class db.r6g.large");
    }

    /** A copy keeps the set, so that no procedure is needed that takes it over. */
    @Test
    void gtidsAreFollowedWithoutTakingThemOver() {
        CompiledPlan compiled =
                compile(PLAN.withGtid(), AuroraFactsOf.version3().gtidOn());

        assertThat(step(compiled, GuideStep.ENABLE_REPLICATION).operations())
                .extracting(Operation::id)
                .doesNotContain("take-over-gtids")
                .contains("set-external-source");
    }

    @Test
    void whatACopyWouldBringAlongIsRefused() {
        ServerFacts other = AuroraFactsOf.replica(AuroraFactsOf.version3());

        assertRefused(PLAN, AuroraFactsOf.version3().event(nightly(true)).variable("event_scheduler", "ON"), "RDS-323");
        assertRefused(
                PLAN, AuroraFactsOf.version3().event(nightly(false)).variable("event_scheduler", "OFF"), "RDS-323");
        assertRefused(
                PLAN, AuroraFactsOf.version3().channel(AuroraFactsOf.channel(other, "somebody", false)), "RDS-322");
        assertRefused(PLAN.databases("shop"), AuroraFactsOf.version3().databases("shop"), "RDS-321");
    }

    private static EventFacts nightly(boolean asMade) {
        return new EventFacts(
                new TableName("shop", "nightly"), "ENABLED", "admin", "%", "utf8mb4", "utf8mb4_general_ci", asMade);
    }

    @Test
    void eventsThatNobodyRunsAreDisabledThere() {
        CompiledStep load = step(
                compile(PLAN, AuroraFactsOf.version3().event(nightly(true)).variable("event_scheduler", "OFF")),
                GuideStep.LOAD);

        assertThat(load.operations().get(4).preview())
                .contains("ALTER DEFINER = 'admin'@'%' EVENT `shop`.`nightly` DISABLE ON SLAVE");
    }

    @Test
    void aPlanThatCreatesItsReplicaNamesANativeWay() {
        assertRefused(PLAN.seedWith(Seed.LOGICAL_COPY), AuroraFactsOf.version3(), "CORE-128");
    }

    @Test
    void theAccountsHostCannotBeDerived() {
        ReplicationPlan plan = ReplicationPlan.from(SOURCE).to(REPLICA).seedWith(AuroraSeed.CLUSTER_CLONE);

        assertRefused(plan, AuroraFactsOf.version3(), "RDS-121");
    }

    @Test
    void otherRegionsAreRefused() {
        NewAuroraCluster far =
                AuroraMySql.newCluster("orders-copy").region("us-east-1").credentials("admin", Secret.env("A"));

        assertRefused(
                ReplicationPlan.from(SOURCE)
                        .to(far)
                        .replicationUserHost("10.0.%")
                        .seedWith(AuroraSeed.CLUSTER_CLONE),
                AuroraFactsOf.version3(),
                "RDS-324");
    }

    @Test
    void aServerThatIsThereAndFollowsNobodyIsNotTouched() {
        ServerFacts source = AuroraFactsOf.source(AuroraFactsOf.version3());
        ServerFacts there = AuroraFactsOf.replica(AuroraFactsOf.version3());

        assertThatThrownBy(() -> sluice.compile(PLAN.seedWith(Seed.LOGICAL_COPY), source, there))
                .isInstanceOfSatisfying(
                        PlanRejectedException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(problem -> problem.code().id())
                                .contains("CORE-235"));
    }

    @Test
    void coordinatesCreateNothing() {
        Coordinates start = new Coordinates(
                AuroraFactsOf.source(AuroraFactsOf.version3()).serverUuid(),
                "",
                new BinlogPosition("mysql-bin-changelog.000003", 4278),
                null,
                Instant.EPOCH,
                "by hand");

        assertRefused(PLAN.startingFrom(start), AuroraFactsOf.version3(), "CORE-236");
    }

    @Test
    void planAndCompiledPlanAreStored() {
        CompiledPlan compiled = compile(PLAN, AuroraFactsOf.version3());

        assertThat(sluice.planFromJson(sluice.toJson(PLAN))).isEqualTo(PLAN);
        assertThat(sluice.compiledPlanFromJson(sluice.toJson(compiled))
                        .replicaFacts()
                        .isExpected())
                .isTrue();
    }

    @Test
    void theNameLeavesRoomForThatOfTheInstance() {
        assertThatThrownBy(() -> AuroraMySql.newCluster("a".repeat(53))).isInstanceOf(IllegalArgumentException.class);
    }
}
