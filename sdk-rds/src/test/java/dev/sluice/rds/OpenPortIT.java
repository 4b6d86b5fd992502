// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.PendingAction;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.AwsApi;
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
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** The source's port is opened for the replica, once, and closed only by the run that has opened it. */
@Tag("long")
@Timeout(300)
class OpenPortIT {
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
        source = servers.dressed(RdsFlavour.MYSQL_8_0);
        replica = servers.dressed(RdsFlavour.MYSQL_8_0);
        source.server().execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)");
        api.region(ApiClient.REGION).instance("orders", source.server(), 7);
        api.region(ApiClient.REGION).instance("orders-copy", replica.server(), 7);
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
        servers.close();
    }

    private Sluice sluice(RdsEngine engine) {
        return Sluice.builder()
                .journal(Journal.inMemory())
                .engines(engine)
                .secrets(SecretResolver.withNamed(servers::password))
                .build();
    }

    private ReplicationPlan plan(RdsOption... options) {
        return ReplicationPlan.from(servers.endpoint("orders", source), options)
                .to(servers.endpoint("orders-copy", replica))
                .replicationUserHost("%")
                .allowPlainText();
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
    void itIsOpenedOnceByARuleThatSaysWhoseItIs() throws Exception {
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            ReplicationPlan plan = plan(RdsOption.openingPort(GROUP, PEER));
            assertThat(sluice.planFromJson(sluice.toJson(plan))).isEqualTo(plan);
            api.failOnce("AuthorizeSecurityGroupIngress", ApiFault.LOST_ANSWER);

            ReplicationRun run = sluice.start(sluice.compile(plan));

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rules()).singleElement().satisfies(rule -> {
                assertThat(rule.cidrIpv4()).isEqualTo(PEER);
                assertThat(rule.fromPort()).isEqualTo(source.server().port());
                assertThat(rule.description()).contains(run.id().value());
                assertThat(rule.tags())
                        .anyMatch(tag -> tag.key().equals("sluice-run")
                                && tag.value().equals(run.id().value()));
            });
            assertThat(sluice.start(sluice.compile(plan)).await().changedSomething())
                    .isFalse();
            assertThat(calls("AuthorizeSecurityGroupIngress")).isEqualTo(1);
            assertThat(calls("RevokeSecurityGroupIngress")).isZero();
        }
    }

    @Test
    void aCancelClosesTheRunsOwnAndNoOther() throws Exception {
        client.ec2()
                .authorizeSecurityGroupIngress(ask -> ask.groupId(GROUP)
                        .ipPermissions(IpPermission.builder()
                                .ipProtocol("tcp")
                                .fromPort(1)
                                .toPort(65_535)
                                .ipRanges(IpRange.builder()
                                        .cidrIp("198.51.100.0/24")
                                        .build())
                                .build()));
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            cancelled(sluice, plan(RdsOption.openingPort(GROUP, PEER)));
            assertThat(rules()).extracting(SecurityGroupRule::cidrIpv4).containsExactly("198.51.100.0/24");

            cancelled(sluice, plan(RdsOption.openingPort(GROUP, "198.51.100.0/24")));
            assertThat(rules()).extracting(SecurityGroupRule::cidrIpv4).containsExactly("198.51.100.0/24");
        }
        assertThat(calls("RevokeSecurityGroupIngress")).isEqualTo(1);
    }

    private static void cancelled(Sluice sluice, ReplicationPlan plan) {
        ReplicationRun run = sluice.start(sluice.compile(plan.pauseBefore(GuideStep.SNAPSHOT)));
        await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);
        run.cancel();
        await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.CANCELLED);
    }

    @Test
    void withoutClientsAPersonOpensIt() throws Exception {
        try (RdsEngine engine = RdsEngine.create();
                Sluice sluice = sluice(engine)) {
            ReplicationRun run = sluice.start(
                    sluice.compile(plan(RdsOption.openingPort(GROUP)).until(GuideStep.CREATE_REPLICATION_USER)));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !run.pendingActions().isEmpty());
            PendingAction action = run.pendingActions().get(0);
            assertThat(action.instructions())
                    .containsExactly("aws ec2 authorize-security-group-ingress --region eu-west-1 --group-id sg-orders"
                            + " --ip-permissions 'IpProtocol=tcp,FromPort="
                            + source.server().port() + ",ToPort="
                            + source.server().port()
                            + ",IpRanges=[{CidrIp=127.0.0.1/32}]' --tag-specifications"
                            + " 'ResourceType=security-group-rule,Tags=[{Key=sluice-run,Value="
                            + run.id().value() + "}]'");

            run.confirm(action.id(), "somebody");

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(api.calls()).noneMatch(call -> call.action().contains("SecurityGroup"));
    }

    @Test
    void aGroupThatIsNotThereEndsTheRunAndNothingIsOpenedUnasked() {
        try (RdsEngine engine = RdsEngine.create(client.clients());
                Sluice sluice = sluice(engine)) {
            RunStoppedException failed = catchThrowableOfType(
                    RunStoppedException.class,
                    () -> sluice.start(sluice.compile(plan(RdsOption.openingPort("sg-none", PEER))
                                    .until(GuideStep.CREATE_REPLICATION_USER)))
                            .await());
            assertThat(failed).isNotNull();
            assertThat(source.server().query("SELECT 1 FROM mysql.user WHERE User = 'sluice_repl'"))
                    .isEmpty();
            assertThat(catchThrowableOfType(
                            RunStoppedException.class,
                            () -> sluice.start(sluice.compile(plan().until(GuideStep.CREATE_REPLICATION_USER)))
                                    .await()))
                    .isNull();
        }
        assertThat(rules()).isEmpty();
    }
}
