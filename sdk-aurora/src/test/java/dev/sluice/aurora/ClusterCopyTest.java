// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.EventFacts;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.operation.PersonOperation;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.UndoScope;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.run.RunId;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.SeedOffer;
import dev.sluice.api.spi.StepContext;
import dev.sluice.api.spi.StepDraft;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.MockFacts;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        return context(source, AuroraFactsOf.SOURCE);
    }

    private static StepContext context(MockFacts source, String host) {
        return context(source, new ServerAddress(host, 3306));
    }

    private static StepContext context(MockFacts source, ServerAddress at) {
        return MockContext.of(
                ReplicationPlan.from(SOURCE).to(REPLICA),
                source.of(AuroraEngine.ID, at),
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
    void withoutClientsAPersonMakesItAndTellsWhereItStands() {
        try (AuroraEngine engine = AuroraEngine.create()) {
            SeedOffer clone = offer(engine, "cluster-clone");
            StepDraft draft = clone.step().compile(context(AuroraFactsOf.version3()));

            assertThat(clone.unfit(context(AuroraFactsOf.version3()))).isEmpty();
            assertThat(draft.operations())
                    .extracting(Operation::id)
                    .containsExactly(
                            "create-cluster",
                            "create-writer",
                            "tell-where-it-answers",
                            "tell-where-it-stands",
                            "wait-until-it-answers");
            assertThat(((PersonOperation) draft.operations().get(3)).instructions())
                    .containsExactly("aws rds describe-events --region eu-west-1 --source-type db-instance"
                            + " --source-identifier sluice-<run> --duration 20160"
                            + " --query \"Events[?contains(Message, 'crash recovery')].Message\" --output text");
            assertThat(draft.operations().get(4).fills()).isEqualTo(List.of(Slot.SNAPSHOT_COORDINATES));
            assertThat(undos(draft.operations())).hasSize(2);
        }
    }

    /** A person is to run them as they are. */
    @Test
    void itsCommandsLeaveNothingToBeFilledInButTheRun() {
        try (AuroraEngine engine = AuroraEngine.create()) {
            List<String> commands =
                    offer(engine, "cluster-snapshot")
                            .step()
                            .compile(context(AuroraFactsOf.version3()))
                            .operations()
                            .stream()
                            .filter(ControlPlaneOperation.class::isInstance)
                            .map(one -> ((ControlPlaneOperation) one)
                                    .of(new RunId("r-1"))
                                    .command())
                            .toList();

            assertThat(commands).hasSize(3).noneMatch(command -> command.contains("<"));
            assertThat(commands.get(1))
                    .contains("$(aws rds describe-db-clusters --region eu-west-1 --db-cluster-identifier orders"
                            + " --query \"DBClusters[?ServerlessV2ScalingConfiguration].join(");
            assertThat(commands.get(2))
                    .contains("--db-instance-class $(aws rds describe-db-instances --region eu-west-1"
                            + " --db-instance-identifier $(aws rds describe-db-clusters");
        }
    }

    @Test
    void withoutClientsItAnswersWhereTheSourcesNameSaysOrAPersonHasTold() {
        StepContext named =
                context(AuroraFactsOf.version3(), "orders.cluster-c9akciq32rgh.eu-west-1.rds.amazonaws.com");
        try (AuroraEngine engine = AuroraEngine.create()) {
            SeedOffer clone = offer(engine, "cluster-clone");

            assertThat(clone.step().compile(named).operations())
                    .extracting(Operation::id)
                    .doesNotContain("tell-where-it-answers");
            assertThat(clone.server(named, new RunId("r-1")).flatMap(Endpoint::address))
                    .contains(new ServerAddress("sluice-r-1.cluster-c9akciq32rgh.eu-west-1.rds.amazonaws.com", 3306));
            assertThat(clone.server(
                                    context(AuroraFactsOf.version3()),
                                    new RunId("r-1"),
                                    operation -> Optional.of("copy.corp.example\t3307\n"))
                            .flatMap(Endpoint::address))
                    .contains(new ServerAddress("copy.corp.example", 3307));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "orders.cluster-c9akciq32rgh.eu-west-1.rds.amazonaws.com, x.cluster-c9akciq32rgh.eu-west-1.rds.amazonaws.com",
        "orders-1.c9akciq32rgh.eu-west-1.rds.amazonaws.com, x.c9akciq32rgh.eu-west-1.rds.amazonaws.com",
        "orders.cluster-c9a.cn-north-1.rds.amazonaws.com.cn, x.cluster-c9a.cn-north-1.rds.amazonaws.com.cn",
        "orders.cluster-ro-c9akciq32rgh.eu-west-1.rds.amazonaws.com,",
        "mine.cluster-custom-c9akciq32rgh.eu-west-1.rds.amazonaws.com,",
        "orders.corp.example,",
        "10.0.0.7,"
    })
    void onlyNamesOfClustersAndInstancesTellThoseOfOthers(String source, String copy) {
        assertThat(ClusterAddress.parse(new ServerAddress(source, 3306))
                        .map(known -> known.of("x").host()))
                .isEqualTo(Optional.ofNullable(copy));
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
