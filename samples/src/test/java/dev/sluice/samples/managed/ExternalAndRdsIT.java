// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.RdsMySql;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A self-managed server and one dressed as RDS, each as the other's source. */
@Timeout(300)
class ExternalAndRdsIT {
    private Loan own;
    private Loan managed;
    private DressedServer dressed;
    private ExternalMySql external;
    private RdsMySql rds;
    private Sluice sluice;

    @BeforeEach
    void open() {
        own = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31);
        managed = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31);
        dressed = RdsDressing.as(RdsFlavour.MYSQL_8_0).dress(managed.server());
        external = ExternalMySql.at("127.0.0.1", own.server().port()).credentials("root", Secret.named("own"));
        rds = RdsMySql.instance("orders")
                .region("eu-west-1")
                .credentials(dressed.adminUser(), Secret.named("managed"))
                .at("127.0.0.1", managed.server().port());
        Map<String, String> passwords = Map.of("own", own.server().rootPassword(), "managed", dressed.adminPassword());
        sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(ExternalEngine.create(), RdsEngine.create())
                .secrets(SecretResolver.withNamed(passwords::get))
                .build();
    }

    @AfterEach
    void close() {
        sluice.close();
        managed.close();
        own.close();
    }

    private static void fill(MySqlServer source) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(50))",
                "INSERT INTO shop.item VALUES (1, 'a'), (2, 'b'), (3, NULL)");
    }

    private void follows(MySqlServer source, MySqlServer replica) {
        source.execute("INSERT INTO shop.item VALUES (4, 'late')");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "4"
                        .equals(replica.query("SELECT COUNT(*) FROM shop.item")
                                .get(0)
                                .get(0)));
    }

    @Test
    void anExternalServerIsTheSourceOfRds() throws InterruptedException {
        fill(own.server());
        ReplicationPlan plan =
                ReplicationPlan.from(external).to(rds).replicationUserHost("%").retainBinlogs(Duration.ofHours(144));

        RunResult result = sluice.start(sluice.compile(plan)).await();

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        follows(own.server(), managed.server());
        EndPlan end = EndPlan.of(rds).source(external).dropReplicationUser("sluice_repl", "%");
        assertThat(sluice.start(sluice.compile(end)).await().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(managed.server().query("SELECT 1 FROM performance_schema.replication_connection_configuration"))
                .isEmpty();
    }

    @Test
    void rdsIsTheSourceOfAnExternalServer() throws InterruptedException {
        fill(managed.server());
        ReplicationPlan plan =
                ReplicationPlan.from(rds).to(external).replicationUserHost("%").retainBinlogs(Duration.ofHours(144));

        RunResult result = sluice.start(sluice.compile(plan)).await();

        assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
        dressed.beat();
        follows(managed.server(), own.server());
    }
}
