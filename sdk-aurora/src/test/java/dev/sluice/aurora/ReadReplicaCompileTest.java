// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Undo;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.secret.Secret;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.testing.MockFacts;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Plans whose replica AWS makes in another region, from facts alone. */
class ReadReplicaCompileTest {
    private static final AuroraMySql SOURCE =
            AuroraMySql.cluster("orders").region("eu-west-1").credentials("admin", Secret.env("A"));

    private final Sluice sluice = Sluice.builder()
            .journal(Journal.inMemory())
            .engines(AuroraEngine.create(AwsClients.onlyGiven()))
            .build();

    @AfterEach
    void close() {
        sluice.close();
    }

    private static NewAuroraReadReplica in(String region) {
        return AuroraMySql.newReadReplica("orders-far")
                .region(region)
                .instanceClass("db.r6g.large")
                .credentials("admin", Secret.env("A"));
    }

    private static ReplicationPlan plan() {
        return ReplicationPlan.from(SOURCE).to(in("us-east-1"));
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

    private void assertRefused(ReplicationPlan plan, MockFacts facts, String code) {
        assertThatThrownBy(() -> compile(plan, facts))
                .isInstanceOfSatisfying(
                        PlanRejectedException.class,
                        refused -> assertThat(refused.problems())
                                .extracting(problem -> problem.code().id())
                                .contains(code));
    }

    @Test
    void awsIsToldToMakeItAndNothingElseIsDone() {
        CompiledPlan compiled = compile(plan(), AuroraFactsOf.version3());

        CompiledStep load = step(compiled, GuideStep.LOAD);
        assertThat(load.operations())
                .extracting(Operation::id)
                .containsExactly("create-cluster", "wait-for-cluster", "create-writer", "wait-until-it-follows");
        assertThat(load.operations().get(0).preview().get(1))
                .isEqualTo("aws rds create-db-cluster --region us-east-1 --db-cluster-identifier orders-far"
                        + " --engine aurora-mysql --engine-version $(aws rds describe-db-clusters --region eu-west-1"
                        + " --db-cluster-identifier orders --query 'DBClusters[0].EngineVersion' --output text)"
                        + " --replication-source-identifier $(aws rds describe-db-clusters --region eu-west-1"
                        + " --db-cluster-identifier orders --query 'DBClusters[0].DBClusterArn' --output text)"
                        + " --tags Key=sluice-run,Value=<run> Key=sluice-source,Value=eu-west-1/orders");
        assertThat(load.operations().get(2).preview().get(1)).contains("--db-instance-class db.r6g.large");
        for (GuideStep row : List.of(GuideStep.CREATE_REPLICATION_USER, GuideStep.SNAPSHOT)) {
            assertThat(step(compiled, row).operations()).isEmpty();
        }
        assertThat(step(compiled, GuideStep.ENABLE_REPLICATION).operations())
                .extracting(Operation::id)
                .containsExactly("wait-until-it-replicates");
    }

    /** AWS does not delete the last instance of a cluster that still follows another one. */
    @Test
    void itIsPromotedBeforeItIsDeleted() {
        List<Undo> undos = step(compile(plan(), AuroraFactsOf.version3()), GuideStep.LOAD).operations().stream()
                .flatMap(one -> one.info().undos().stream())
                .toList();

        assertThat(undos)
                .extracting(undo -> undo.preview().get(1))
                .containsExactly(
                        "aws rds delete-db-cluster --region us-east-1 --db-cluster-identifier orders-far"
                                + " --skip-final-snapshot",
                        "aws rds delete-db-instance --region us-east-1 --db-instance-identifier orders-far-instance-1"
                                + " --skip-final-snapshot",
                        "aws rds promote-read-replica-db-cluster --region us-east-1 --db-cluster-identifier orders-far");
    }

    @Test
    void whatIsNamedIsPassedOn() {
        NewAuroraReadReplica named = in("us-east-1")
                .kmsKey("alias/far one")
                .parameterGroup("far")
                .subnetGroup("inner")
                .securityGroups("sg-1", "sg-2");

        assertThat(step(compile(ReplicationPlan.from(SOURCE).to(named), AuroraFactsOf.version3()), GuideStep.LOAD)
                        .operations()
                        .get(0)
                        .preview()
                        .get(1))
                .contains(" --storage-encrypted --kms-key-id 'alias/far one' --source-region eu-west-1"
                        + " --db-cluster-parameter-group-name far --db-subnet-group-name inner"
                        + " --vpc-security-group-ids sg-1 sg-2");
    }

    @Test
    void whatDoesNotBelongToItIsRefused() {
        MockFacts facts = AuroraFactsOf.version3();
        assertRefused(ReplicationPlan.from(SOURCE).to(in("eu-west-1")), facts, "AUR-325");
        assertRefused(plan().seedWith(AuroraSeed.CLUSTER_CLONE), facts, "AUR-327");
        assertRefused(
                ReplicationPlan.from(SOURCE)
                        .to(AuroraMySql.newCluster("orders-far")
                                .region("us-east-1")
                                .credentials("admin", Secret.env("A")))
                        .seedWith(AuroraSeed.READ_REPLICA),
                facts,
                "AUR-327");
        assertRefused(plan().databases("shop"), AuroraFactsOf.version3().databases("shop"), "RDS-321");
        assertRefused(
                plan(),
                AuroraFactsOf.version3()
                        .event(new EventFacts(
                                new TableName("shop", "nightly"),
                                "ENABLED",
                                "admin",
                                "%",
                                "utf8mb4",
                                "utf8mb4_general_ci",
                                true))
                        .variable("event_scheduler", "OFF"),
                "AUR-329");
    }

    @Test
    void optionsOfAReplicaThatRunsPointAreRefused() {
        assertRefused(
                ReplicationPlan.from(SOURCE).to(in("us-east-1"), AuroraOption.safetySnapshot()),
                AuroraFactsOf.version3(),
                "AUR-326");
        assertRefused(plan().replicationUserHost("10.0.%"), AuroraFactsOf.version3(), "AUR-326");
    }

    @Test
    void thePlanIsStored() {
        ReplicationPlan plan = ReplicationPlan.from(SOURCE)
                .to(in("us-east-1").kmsKey("alias/far").parameterGroup("far").at("far.example", 3306));

        assertThat(sluice.planFromJson(sluice.toJson(plan))).isEqualTo(plan);
        assertThat(plan).isNotEqualTo(plan());
    }
}
