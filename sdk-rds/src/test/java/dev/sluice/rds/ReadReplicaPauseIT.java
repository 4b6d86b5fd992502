// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.SluiceException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.PausedReplication;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A read replica that RDS manages stands still for a long job, and goes on: it may be stopped and started, and nothing else. */
@Tag("long")
@Timeout(120)
class ReadReplicaPauseIT {
    private final Servers servers = new Servers();

    @AfterEach
    void close() {
        servers.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = RdsFlavour.class,
            names = {"MYSQL_5_7", "MYSQL_8_0"})
    void itIsStoppedAndStartedAgainButNotPointedElsewhere(RdsFlavour flavour) throws Exception {
        DressedServer source = servers.dressed(flavour);
        DressedServer replica = servers.dressed(flavour);
        FollowingByHand.follow(replica, source);
        Shop.open(source.server());
        RdsMySql readReplica = servers.endpoint("orders", source)
                .at(replica.server().host(), replica.server().port());
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = Sluice.builder()
                        .journal(Journal.inMemory())
                        .engines(engine)
                        .secrets(SecretResolver.withNamed(servers::password))
                        .build();
                Writers writers = Shop.sells(source.server())) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !replica.server()
                            .query("SHOW DATABASES LIKE 'shop'")
                            .isEmpty());
            PausedReplication replication = sluice.replication(readReplica, Consent.PLAIN_TEXT);

            assertThat(replication.stop().changedSomething()).isTrue();
            assertThat(replication.stop().changedSomething()).isFalse();
            Object stock = Shop.stock(replica.server());
            Thread.sleep(500);
            assertThat(Shop.stock(replica.server())).isEqualTo(stock);
            assertThat(replication.start().changedSomething()).isTrue();
            assertThat(replication.start().changedSomething()).isFalse();
            writers.stop();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));

            ReplicationPlan other = ReplicationPlan.from(servers.endpoint("orders", source))
                    .to(readReplica)
                    .replicationUserHost("%")
                    .allowPlainText();
            assertThat(catchThrowableOfType(SluiceException.class, () -> sluice.compile(other))
                            .problems())
                    .anyMatch(problem -> problem.code().id().equals("RDS-203"));
        }
    }
}
