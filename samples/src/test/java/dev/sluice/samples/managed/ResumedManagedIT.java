// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.core.journal.JournalRecord;
import dev.sluice.external.ExternalEngine;
import dev.sluice.rds.RdsEngine;
import dev.sluice.testing.StoppingJournal;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs between servers dressed as RDS and Aurora, stopped between an effect and its record, and resumed or abandoned. */
@Tag("long")
@Timeout(300)
class ResumedManagedIT {
    private static final String RETENTION =
            "SELECT value FROM mysql.rds_configuration WHERE name = 'binlog retention hours'";

    private final ManagedServers servers = new ManagedServers();
    private final Journal journal = Journal.inMemory();

    @AfterEach
    void close() {
        servers.close();
    }

    private Sluice sluice(Journal where) {
        return Sluice.builder()
                .engines(ExternalEngine.create(), RdsEngine.create(), AuroraEngine.create())
                .secrets(SecretResolver.withNamed(servers::password))
                .journal(where)
                .build();
    }

    private static ReplicationPlan plan(ManagedServers.Member source, ManagedServers.Member replica) {
        return source.to(replica).replicationUserHost("%").retainBinlogs(Duration.ofHours(144));
    }

    private static void fill(MySqlServer source) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(50))",
                "INSERT INTO shop.item VALUES (1, 'a'), (2, 'b'), (3, NULL)");
    }

    /** At the operation, whose effect is there and not recorded. */
    private void stopAt(String row, ReplicationPlan plan) {
        StoppingJournal stopping = StoppingJournal.before(
                journal,
                entry -> entry instanceof JournalRecord.OperationClosed closed
                        && closed.step().contains("/" + row + "@"));
        try (Sluice first = sluice(stopping)) {
            assertThat(first.start(first.compile(plan))
                            .completion()
                            .toCompletableFuture()
                            .join()
                            .state())
                    .isEqualTo(RunState.FAILED);
        }
        assertThat(stopping.hasStopped()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "RDS, AURORA, retain-binlogs",
        "RDS, AURORA, create-replication-user",
        "RDS, AURORA, load-snapshot",
        "RDS, AURORA, enable-replication",
        "AURORA, RDS, retain-binlogs",
        "AURORA, RDS, load-snapshot",
        "AURORA, RDS, enable-replication",
        "AURORA, RDS, relax-retention"
    })
    void isResumed(ManagedServers.Kind from, ManagedServers.Kind to, String row) throws InterruptedException {
        ManagedServers.Member source = servers.member(from, "source", true);
        ManagedServers.Member replica = servers.member(to, "replica", true);
        fill(source.server());
        ReplicationPlan plan = plan(source, replica);
        stopAt(row, plan);

        try (Sluice second = sluice(journal)) {
            RunResult result = second.resume(journal.runs().get(0)).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.left()).isEmpty();
            source.server().execute("INSERT INTO shop.item VALUES (4, 'late')");
            LiveReplication live = second.live(plan);
            live.awaitApplied(live.sourceNow(), Duration.ofSeconds(60));
            assertThat(live.compareStandingStill().mismatches()).isZero();
        }
        assertThat(source.server().query(RETENTION)).isEqualTo(List.of(List.of("24")));
    }

    @ParameterizedTest
    @EnumSource(
            value = ManagedServers.Kind.class,
            names = {"RDS", "AURORA"})
    void isAbandoned(ManagedServers.Kind kind) throws InterruptedException {
        ManagedServers.Member source = servers.member(kind, "source", true);
        ManagedServers.Member replica = servers.member(kind, "replica", true);
        fill(source.server());
        List<List<String>> retention = source.server().query(RETENTION);
        stopAt("enable-replication", plan(source, replica));

        try (Sluice second = sluice(journal)) {
            assertThat(second.abandon(journal.runs().get(0)).left()).isEmpty();
        }

        assertThat(source.server().query(RETENTION)).isEqualTo(retention);
        assertThat(source.server().query("SELECT 1 FROM mysql.user WHERE User = 'sluice_repl'"))
                .isEmpty();
        assertThat(replica.server().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
        assertThat(replica.server().query("SELECT 1 FROM performance_schema.replication_connection_configuration"))
                .isEmpty();
    }
}
