// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.rds.aws.RdsControlPlane;
import dev.sluice.rds.aws.TemporaryCalls;
import dev.sluice.rds.aws.TemporaryCode;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.StoppingJournal;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.ApiRegion;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The temporary read replica through AWS's API: made, read from while applications write on the source, and deleted. */
@Tag("long")
@Timeout(300)
class TemporaryReadReplicaIT {
    private static final String CREATE = "CreateDBInstanceReadReplica";
    private static final String DELETE = "DeleteDBInstance";

    private final Servers servers = new Servers();
    private AwsApi api;
    private ApiRegion region;
    private ApiClient client;

    @BeforeEach
    void open() {
        api = AwsApi.builder().stage(Duration.ofMillis(50)).start();
        region = api.region(ApiClient.REGION);
        client = new ApiClient(api);
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
        servers.close();
    }

    private Sluice sluice(RdsEngine engine) {
        return sluice(engine, Journal.inMemory());
    }

    private Sluice sluice(RdsEngine engine, Journal journal) {
        return Sluice.builder()
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .journal(journal)
                .build();
    }

    private DressedServer instance(String id, RdsFlavour flavour) {
        DressedServer server = servers.dressed(flavour);
        region.instance(id, server.server(), 7);
        return server;
    }

    private ReplicationPlan plan(DressedServer source, DressedServer replica) {
        return ReplicationPlan.from(servers.named("orders", source))
                .to(servers.named("orders-copy", replica))
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(24))
                .allowPlainText()
                .seedWith(RdsSeed.TEMPORARY_READ_REPLICA);
    }

    private List<ApiCall> calls(String action) {
        return api.calls().stream().filter(call -> call.action().equals(action)).toList();
    }

    private void awaitGone(RunId run) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> region.findInstance("sluice-" + run).isEmpty());
    }

    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"MYSQL_5_7", "MYSQL_8_0"})
    void theReplicaIsEqualUnderLoadAndTheTemporaryOneIsDeleted(RdsFlavour flavour) throws Exception {
        DressedServer source = instance("orders", flavour);
        DressedServer replica = instance("orders-copy", flavour);
        Shop.open(source.server());
        try (Writers writers = Shop.sells(source.server());
                RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            RunResult result =
                    sluice.start(sluice.compile(plan(source, replica))).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.left()).isEmpty();
            assertThat(result.lockHeld()).isZero();
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            awaitGone(result.id());
            assertThat(calls(CREATE))
                    .singleElement()
                    .satisfies(call -> assertThat(call.parameters())
                            .containsEntry("DBInstanceIdentifier", "sluice-" + result.id())
                            .containsEntry("Tags.Tag.1.Key", "sluice-run")
                            .containsEntry("Tags.Tag.1.Value", result.id().value()));
            writers.close();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));
        }
    }

    @Test
    void aCancelDeletesItAndALostAnswerMakesNoSecondOne() throws Exception {
        DressedServer source = instance("orders", RdsFlavour.MYSQL_8_0);
        DressedServer replica = instance("orders-copy", RdsFlavour.MYSQL_8_0);
        Shop.open(source.server());
        api.failOnce(CREATE, ApiFault.LOST_ANSWER);
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run =
                    sluice.start(sluice.compile(plan(source, replica).pauseBefore(GuideStep.LOAD)));
            await().atMost(Duration.ofSeconds(120))
                    .until(() -> run.status().state() == RunState.PAUSED
                            || run.status().state().isFinal());
            assertThat(region.findInstance("sluice-" + run.id())).isPresent();
            assertThat(calls(CREATE)).hasSize(1);

            run.cancel();

            assertThat(run.completion()
                            .handle((result, failure) -> String.valueOf(failure))
                            .toCompletableFuture()
                            .get())
                    .isNotEmpty();
            assertThat(run.status().state()).isEqualTo(RunState.CANCELLED);
            awaitGone(run.id());
            assertThat(calls(DELETE)).isNotEmpty();
        }
    }

    /** Once it is asked for, before anybody has read from it, and when its rows are loaded: each time before the journal knows. */
    @ParameterizedTest
    @EnumSource(names = {"SNAPSHOT", "LOAD", "ENABLE_REPLICATION"})
    void aRunThatStopsIsResumedWithTheOneThatItHasMade(GuideStep row) throws Exception {
        DressedServer source = instance("orders", RdsFlavour.MYSQL_8_0);
        DressedServer replica = instance("orders-copy", RdsFlavour.MYSQL_8_0);
        Shop.open(source.server());
        Journal journal = Journal.inMemory();
        try (Writers writers = Shop.sells(source.server())) {
            stops(journal, plan(source, replica), row);
            try (RdsEngine engine = RdsEngine.create(client.clients());
                    Sluice second = sluice(engine, journal)) {
                RunResult result = second.resume(journal.runs().get(0)).await();

                assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(result.left()).isEmpty();
                awaitGone(result.id());
            }
            assertThat(calls(CREATE)).hasSize(1);
            writers.close();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));
        }
    }

    /** After the first effect of a row. */
    private void stops(Journal journal, ReplicationPlan plan, GuideStep row) throws Exception {
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice compiling = sluice(engine)) {
            CompiledPlan compiled = compiling.compile(plan);
            String step = compiled.steps().stream()
                    .filter(each -> each.row() == row)
                    .findFirst()
                    .orElseThrow()
                    .key()
                    .toString();
            StoppingJournal stopping = StoppingJournal.before(
                    journal,
                    entry -> entry instanceof JournalRecord.OperationClosed closed
                            && closed.step().equals(step));
            try (Sluice first = sluice(engine, stopping)) {
                ReplicationRun run = first.start(compiled);
                assertThat(run.completion().toCompletableFuture().get().state()).isEqualTo(RunState.FAILED);
            }
            assertThat(stopping.hasStopped()).isTrue();
        }
    }

    @Test
    void whatSomebodyElseHasMadeIsNotDeleted() {
        region.instance("sluice-r-1", "8.0.36", 1);
        region.instance("orders", "8.0.36", 1);
        DressedServer any = servers.dressed(RdsFlavour.MYSQL_8_0);
        MockContext context = MockContext.of(
                plan(any, any), RdsFacts.source(RdsFacts.mysql80()), RdsFacts.replica(RdsFacts.mysql80()));
        RdsControlPlane plane = new RdsControlPlane(client.clients());
        OperationInfo info = OperationInfo.changing("delete", Target.SOURCE, "delete it");
        RdsMySql source = (RdsMySql) context.replication().source();

        assertThatThrownBy(() -> plane.perform(
                        TemporaryCalls.deleteInstance(info, source.place()).of(new RunId("r-1")), context))
                .isInstanceOfSatisfying(
                        StepRefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(TemporaryCode.NOT_OURS));
        assertThat(calls(DELETE)).isEmpty();

        plane.perform(TemporaryCalls.deleteInstance(info, source.place()).of(new RunId("r-2")), context);
        assertThat(calls(DELETE)).isEmpty();
    }
}
