// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** AWS takes a call and says nothing: who stops the run then does not wait for it. */
@Timeout(180)
class SilentApiIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String SWITCH_ON = "ModifyDBInstance";

    @TempDir
    Path journal;

    private final Servers servers = new Servers();
    private final AwsApi api = AwsApi.start();
    private final ApiClient client = new ApiClient(api);
    private final RdsEngine engine = RdsEngine.create(client.clients());

    @AfterEach
    void close() {
        engine.close();
        client.close();
        api.close();
        servers.close();
    }

    private Sluice sluice() {
        return Sluice.builder()
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .journal(FileJournal.in(journal))
                .build();
    }

    private ReplicationPlan plan() {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0, options -> options.withoutBinaryLog());
        DressedServer replica = servers.dressed(RdsFlavour.MYSQL_8_0);
        source.server().execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
        api.region(ApiClient.REGION).instance("orders", source.server(), 0);
        api.region(ApiClient.REGION).instance("orders-copy", replica.server(), 1);
        return ReplicationPlan.from(servers.named("orders", source))
                .to(servers.named("orders-copy", replica))
                .replicationUserHost("%")
                .allowBackupRetentionChange()
                .until(GuideStep.RETAIN_BINLOGS);
    }

    private ReplicationRun startIntoSilence(Sluice sluice, UnaryOperator<ReplicationPlan> change) {
        api.failOnce(SWITCH_ON, ApiFault.SILENCE);
        ReplicationRun run = sluice.start(sluice.compile(change.apply(plan())));
        await().atMost(Duration.ofSeconds(60)).until(() -> switchedOn() == 1);
        return run;
    }

    private static RunResult end(ReplicationRun run) throws Exception {
        return run.completion().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private long switchedOn() {
        return api.calls().stream()
                .map(ApiCall::action)
                .filter(SWITCH_ON::equals)
                .count();
    }

    private static void assertSoon(long began) {
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
    }

    @Test
    void cancelled() throws Exception {
        try (Sluice sluice = sluice()) {
            ReplicationRun run = startIntoSilence(sluice, plan -> plan);

            long began = System.nanoTime();
            run.cancel();
            RunResult result = end(run);

            assertSoon(began);
            assertThat(result.state()).as("%s", result).isEqualTo(RunState.CANCELLED);
            assertThat(switchedOn()).isEqualTo(1);
        }
    }

    @Tag("long")
    @Test
    void endedAtItsDeadline() throws Exception {
        try (Sluice sluice = sluice()) {
            ReplicationRun run =
                    startIntoSilence(sluice, plan -> plan.deadline(GuideStep.ENABLE_BINLOG, Duration.ofSeconds(3)));

            RunResult result = end(run);

            assertThat(result.state()).as("%s", result).isEqualTo(RunState.FAILED);
            assertThat(result.problem().orElseThrow().code().id()).isEqualTo("CORE-612");
            assertThat(switchedOn()).isEqualTo(1);
        }
    }

    /** Whether AWS has done it nobody knew: a look tells, and it is done then. */
    @Tag("long")
    @Test
    void closedAndResumed() throws Exception {
        ReplicationRun run;
        try (Sluice sluice = sluice()) {
            run = startIntoSilence(sluice, plan -> plan);
            long began = System.nanoTime();

            sluice.close();

            assertSoon(began);
        }
        assertThat(switchedOn()).isEqualTo(1);
        try (Sluice sluice = sluice()) {
            assertThat(sluice.resume(run.id()).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(switchedOn()).isEqualTo(2);
    }
}
