// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.rds.RdsEngine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two runs from one managed source to two replicas: neither takes the source's binary logs from the other. */
@Tag("long")
@Timeout(300)
class ManagedSharedRetentionIT {
    private static final String RETENTION =
            "SELECT value FROM mysql.rds_configuration WHERE name = 'binlog retention hours'";

    private final ManagedServers servers = new ManagedServers();

    @AfterEach
    void close() {
        servers.close();
    }

    private static String hours(ManagedServers.Member source) {
        return String.valueOf(source.server().query(RETENTION).get(0).get(0));
    }

    @ParameterizedTest
    @EnumSource(
            value = ManagedServers.Kind.class,
            names = {"RDS", "AURORA"})
    void theLastOneToNeedTheLogsRestoresTheRetention(ManagedServers.Kind kind) throws InterruptedException {
        ManagedServers.Member source = servers.member(kind, "source", true);
        source.server().execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
        String before = hours(source);
        try (Sluice sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(ExternalEngine.create(), RdsEngine.create(), AuroraEngine.create())
                .secrets(SecretResolver.withNamed(servers::password))
                .build()) {
            ReplicationRun first = start(sluice, source, "one", 144);
            ReplicationRun second = start(sluice, source, "other", 100);

            first.cancel();
            assertThat(first.completion().toCompletableFuture().join().state()).isEqualTo(RunState.CANCELLED);
            assertThat(hours(source)).isEqualTo("144");

            second.cancel();
            assertThat(second.completion().toCompletableFuture().join().left()).isEmpty();
        }
        assertThat(hours(source)).isEqualTo(before);
    }

    /** One that stands still before it catches up. */
    private ReplicationRun start(Sluice sluice, ManagedServers.Member source, String replica, int hours) {
        ManagedServers.Member to = servers.member(ManagedServers.Kind.EXTERNAL, replica, true);
        ReplicationPlan plan = source.to(to)
                .replicationUser("repl_" + replica)
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(hours))
                .pauseBefore(GuideStep.CATCH_UP);
        ReplicationRun run = sluice.start(sluice.compile(plan));
        List<RunState> expected = List.of(RunState.PAUSED, RunState.FAILED);
        await().atMost(Duration.ofSeconds(120))
                .until(() -> expected.contains(run.status().state()));
        assertThat(run.status().state()).isEqualTo(RunState.PAUSED);
        return run;
    }
}
