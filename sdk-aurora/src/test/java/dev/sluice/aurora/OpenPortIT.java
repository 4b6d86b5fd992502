// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.ApiFault;
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
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** The source cluster's port is opened for the replica, once, and closed only by the run that has opened it. */
@Tag("long")
@Timeout(300)
class OpenPortIT {
    private static final String VERSION = "8.0.mysql_aurora.3.08.0";
    private static final String GROUP = "sg-orders";
    private static final String PEER = "203.0.113.7/32";

    private final Servers servers = new Servers();
    private AwsApi api;
    private ApiClient client;
    private DressedServer source;
    private DressedServer replica;

    @BeforeEach
    void open() {
        api = AwsApi.builder().stage(Duration.ofMillis(50)).start();
        client = new ApiClient(api);
        api.region(ApiClient.REGION).addSecurityGroup(GROUP);
        source = servers.aurora(RdsFlavour.AURORA_3);
        replica = servers.aurora(RdsFlavour.AURORA_3);
        Shop.open(source.server());
        add("orders", source);
        add("copy", replica);
    }

    private void add(String id, DressedServer server) {
        api.region(ApiClient.REGION).cluster(id, VERSION, server.server()).reachedAt(server.host(), server.port());
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
        servers.close();
    }

    private Sluice sluice(AuroraEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    private ReplicationPlan plan() {
        return ReplicationPlan.from(servers.named("orders", source), AuroraOption.openingPort(GROUP, PEER))
                .to(servers.named("copy", replica))
                .replicationUserHost("%");
    }

    private List<SecurityGroupRule> rules() {
        return client.ec2()
                .describeSecurityGroupRules(ask -> ask.filters(
                        Filter.builder().name("group-id").values(GROUP).build()))
                .securityGroupRules();
    }

    private long calls(String action) {
        return api.calls().stream().filter(call -> call.action().equals(action)).count();
    }

    @Test
    void itIsOpenedOnceForTheClustersPortUnderLoad() throws Exception {
        try (Writers writers = Shop.sells(source.server());
                AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationPlan plan = plan();
            assertThat(sluice.planFromJson(sluice.toJson(plan))).isEqualTo(plan);
            api.failOnce("AuthorizeSecurityGroupIngress", ApiFault.LOST_ANSWER);

            ReplicationRun run = sluice.start(sluice.compile(plan));

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rules()).singleElement().satisfies(rule -> {
                assertThat(rule.cidrIpv4()).isEqualTo(PEER);
                assertThat(rule.fromPort()).isEqualTo(source.port());
                assertThat(rule.toPort()).isEqualTo(source.port());
                assertThat(rule.tags())
                        .anyMatch(tag -> tag.key().equals("sluice-run")
                                && tag.value().equals(run.id().value()));
            });
            assertThat(sluice.start(sluice.compile(plan)).await().changedSomething())
                    .isFalse();
            assertThat(calls("AuthorizeSecurityGroupIngress")).isEqualTo(1);
            assertThat(calls("RevokeSecurityGroupIngress")).isZero();
            writers.stop();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Shop.stock(replica.server()).equals(Shop.stock(source.server())));
        }
    }

    @Test
    void aCancelClosesIt() {
        try (AuroraEngine engine = AuroraEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = sluice.start(sluice.compile(plan().pauseBefore(GuideStep.SNAPSHOT)));
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);
            assertThat(rules()).hasSize(1);
            run.cancel();
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.CANCELLED);
        }
        assertThat(rules()).isEmpty();
    }
}
