// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.AwsApi;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.RdsFlavour;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source in one region and its replica in another: each is asked, and changed, where it is. */
@Tag("long")
@Timeout(300)
class CrossRegionIT {
    private static final String ELSEWHERE = "us-east-1";

    private final Servers servers = new Servers();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void eachCallGoesToTheRegionOfItsServer() throws Exception {
        DressedServer source = servers.dressed(RdsFlavour.MYSQL_8_0, options -> options.withoutBinaryLog());
        DressedServer replica = servers.dressed(RdsFlavour.MYSQL_8_0);
        Shop.open(source.server());
        try (AwsApi api = AwsApi.start();
                ApiClient here = new ApiClient(api);
                ApiClient there = new ApiClient(api, ELSEWHERE);
                RdsEngine engine = RdsEngine.create(clients(here, there));
                Sluice sluice = Sluice.builder()
                        .journal(Journal.inMemory())
                        .engines(engine)
                        .secrets(SecretResolver.withNamed(servers::password))
                        .build()) {
            api.region(ApiClient.REGION).instance("orders", source.server(), 0);
            // Of the same name, which is another instance.
            api.region(ELSEWHERE).instance("orders", replica.server(), 1);
            ReplicationPlan plan = plan(source, replica);
            RunResult result = sluice.start(sluice.compile(plan)).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            try (Writers writers = Shop.sells(source.server())) {
                Thread.sleep(1_000);
                writers.stop();
                assertThat(writers.transactions()).isPositive();
            }
            sluice.live(plan).awaitApplied(sluice.live(plan).sourceNow(), Duration.ofSeconds(60));
            assertThat(Shop.stock(replica.server())).isEqualTo(Shop.stock(source.server()));
            assertThat(changes(api))
                    .isEqualTo(Map.of(
                            ApiClient.REGION,
                            List.of("ModifyDBInstance"),
                            ELSEWHERE,
                            List.of("CreateDBParameterGroup", "ModifyDBInstance", "ModifyDBParameterGroup")));
        }
    }

    private static AwsClients clients(ApiClient here, ApiClient there) {
        return here.clients().rds(ELSEWHERE, there.raw());
    }

    private ReplicationPlan plan(DressedServer source, DressedServer replica) {
        servers.secret("replica", replica.adminPassword());
        return ReplicationPlan.from(servers.named("orders", source))
                .to(RdsMySql.instance("orders")
                        .region(ELSEWHERE)
                        .credentials(replica.adminUser(), Secret.named("replica")))
                .replicationUserHost("%")
                .allowBackupRetentionChange()
                .databases("shop");
    }

    private static Map<String, List<String>> changes(AwsApi api) {
        return api.modifications().stream()
                .collect(Collectors.groupingBy(
                        ApiCall::region, Collectors.mapping(ApiCall::action, Collectors.toList())));
    }
}
