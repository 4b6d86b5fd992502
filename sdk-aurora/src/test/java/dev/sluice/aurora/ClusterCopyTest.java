// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunId;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.StepContext;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.MockFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Copies of a cluster, from facts alone. */
class ClusterCopyTest {
    private static final AuroraMySql SOURCE =
            AuroraMySql.cluster("orders").region("eu-west-1").credentials("admin", Secret.env("A"));
    private static final AuroraMySql REPLICA =
            AuroraMySql.cluster("orders-copy").region("eu-west-1").credentials("admin", Secret.env("B"));

    private static SeedOffer offer(AuroraEngine engine, String name) {
        return engine.seedOffers().stream()
                .filter(one -> one.seed().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static StepContext context(MockFacts source) {
        return MockContext.of(
                ReplicationPlan.from(SOURCE).to(REPLICA),
                source.of(AuroraEngine.ID, AuroraFactsOf.SOURCE),
                AuroraFactsOf.version3().of(AuroraEngine.ID, AuroraFactsOf.REPLICA));
    }

    private static List<String> undos(List<Operation> operations) {
        return operations.stream()
                .flatMap(one -> one.info().undos().stream())
                .peek(undo -> assertThat(undo.scope()).isEqualTo(UndoScope.TEMPORARY))
                .map(undo -> undo.preview().get(1))
                .toList();
    }

    @Test
    void everythingThatASnapshotNeedsIsMadeInOrderAndUndone() {
        try (AuroraEngine engine = AuroraEngine.create(AwsClients.onlyGiven())) {
            List<Operation> operations = offer(engine, "cluster-snapshot")
                    .step()
                    .compile(context(AuroraFactsOf.version3()))
                    .operations();

            assertThat(operations)
                    .extracting(Operation::id)
                    .containsExactly(
                            "create-cluster-snapshot",
                            "wait-for-snapshot",
                            "create-cluster",
                            "wait-for-cluster",
                            "create-writer",
                            "tell-where-it-stands");
            assertThat(operations.get(5).fills()).isEqualTo(List.of(Slot.SNAPSHOT_COORDINATES));
            assertThat(undos(operations))
                    .containsExactly(
                            "aws rds delete-db-cluster-snapshot --region eu-west-1 --db-cluster-snapshot-identifier sluice-<run>",
                            "aws rds delete-db-cluster --region eu-west-1 --db-cluster-identifier sluice-<run> --skip-final-snapshot",
                            "aws rds delete-db-instance --region eu-west-1 --db-instance-identifier sluice-<run>"
                                    + " --skip-final-snapshot --delete-automated-backups");
        }
    }

    @Test
    void aCloneNeedsNoSnapshotAndHasTheSourcesParameterGroup() {
        try (AuroraEngine engine = AuroraEngine.create(AwsClients.onlyGiven())) {
            List<Operation> operations = offer(engine, "cluster-clone")
                    .step()
                    .compile(context(AuroraFactsOf.version3()))
                    .operations();

            assertThat(operations.get(0).preview().get(1))
                    .startsWith("aws rds restore-db-cluster-to-point-in-time --region eu-west-1"
                            + " --db-cluster-identifier sluice-<run> --source-db-cluster-identifier orders"
                            + " --restore-type copy-on-write --use-latest-restorable-time"
                            + " --db-cluster-parameter-group-name $(");
            assertThat(undos(operations)).hasSize(2);
        }
    }

    @Test
    void withoutClientsNobodyTellsThePosition() {
        try (AuroraEngine engine = AuroraEngine.create()) {
            assertThat(offer(engine, "cluster-clone").unfit(context(AuroraFactsOf.version3())))
                    .extracting(Problem::code)
                    .extracting(code -> code.id())
                    .containsExactly("AWS-101");
        }
    }

    @Test
    void eventsThatWouldRunOnTheCopyAreNamed() {
        EventFacts nightly = new EventFacts(
                new TableName("shop", "nightly"), "ENABLED", "admin", "%", "utf8mb4", "utf8mb4_general_ci", true);
        MockFacts source = AuroraFactsOf.version3().event(nightly);
        try (AuroraEngine engine = AuroraEngine.create(AwsClients.onlyGiven())) {
            SeedOffer clone = offer(engine, "cluster-clone");

            assertThat(clone.unfit(context(source.variable("event_scheduler", "ON"))))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.what()).contains("shop.nightly"));
            assertThat(clone.unfit(context(source.variable("event_scheduler", "OFF"))))
                    .isEmpty();
        }
    }

    @Test
    void theCopyIsReachedAsTheSourceIs() {
        try (AuroraEngine engine = AuroraEngine.create(AwsClients.onlyGiven())) {
            assertThat(offer(engine, "cluster-clone").server(context(AuroraFactsOf.version3()), new RunId("r-1")))
                    .contains(AuroraMySql.cluster("sluice-r-1")
                            .region("eu-west-1")
                            .credentials("admin", Secret.env("A")));
        }
    }
}
