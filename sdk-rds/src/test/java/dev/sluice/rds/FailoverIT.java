// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicaMove;
import dev.sluice.api.run.ReplicaMove.Outcome;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Multi-AZ instance whose standby takes over with the same volume while a run waits for it. */
@Timeout(300)
class FailoverIT {
    private final Servers servers = new Servers();
    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void aRunThatCatchesUpGoesOnAtTheStandby() throws Exception {
        MySqlServer below = servers.plain(Servers.release(RdsFlavour.MYSQL_8_0), options -> options);
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0);
        source.server()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.item (id INT PRIMARY KEY)",
                        "INSERT INTO shop.item VALUES (1)");
        try (DressedServer replica =
                        RdsDressing.as(RdsFlavour.MYSQL_8_0).behindFront().dress(below);
                RdsEngine engine = RdsEngine.create();
                Sluice sluice = Sluice.builder()
                        .journal(Journal.inMemory())
                        .engines(engine)
                        .secrets(SecretResolver.withNamed(servers::password))
                        .build()) {
            replica.becomeInstance("ip-10-0-0-1");
            ReplicationPlan plan = ReplicationPlan.from(servers.endpoint("orders", source))
                    .to(servers.named("copy", replica).at(replica.host(), replica.port()))
                    .replicationUserHost("%")
                    .pauseBefore(GuideStep.CATCH_UP);
            ReplicationRun run = sluice.start(sluice.compile(plan), heard::add);
            await().atMost(Duration.ofSeconds(90)).until(() -> run.status().state() == RunState.PAUSED);
            below.execute("STOP REPLICA SQL_THREAD");
            source.server().execute("INSERT INTO shop.item VALUES (2)");
            run.proceed();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> heard.stream().anyMatch(RunEvent.LagObserved.class::isInstance));
            below.restart(options -> options);
            replica.becomeInstance("ip-10-0-1-1");

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(moves())
                    .last()
                    .satisfies(move -> assertThat(move.outcome()).isIn(Outcome.KEPT, Outcome.STARTED))
                    .satisfies(move -> assertThat(move.to().name()).isEqualTo("ip-10-0-1-1"))
                    .satisfies(move -> assertThat(move.to().serverUuid())
                            .isEqualTo(move.from().serverUuid()));
            assertThat(below.query("SELECT COUNT(*) FROM shop.item").get(0)).containsExactly("2");
        }
    }

    private List<ReplicaMove> moves() {
        return heard.stream()
                .filter(RunEvent.ReplicaMoved.class::isInstance)
                .map(event -> ((RunEvent.ReplicaMoved) event).move())
                .toList();
    }
}
