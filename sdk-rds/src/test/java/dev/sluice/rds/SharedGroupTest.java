// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.Look;
import dev.sluice.api.spi.Step;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.testing.MockContext;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.AwsApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;

/** Others may get the replica's parameter group between the compilation of a plan and its run. */
class SharedGroupTest {
    private static final RdsMySql SOURCE =
            RdsMySql.instance("orders").region(ApiClient.REGION).credentials("admin", Secret.env("A"));
    private static final RdsMySql REPLICA =
            RdsMySql.instance("copy").region(ApiClient.REGION).credentials("admin", Secret.env("B"));
    private static final ReplicationPlan PLAN =
            ReplicationPlan.from(SOURCE).to(REPLICA).databases("shop");

    private final AwsApi api = AwsApi.builder().byHand().start();
    private final ApiClient client = new ApiClient(api);
    private final RdsClient rds = client.clients().rds(new AwsPlace(AwsPlace.DEFAULT_ACCOUNT, ApiClient.REGION));
    private final RdsEngine engine = RdsEngine.create(client.clients());
    private final Step prepare = engine.replicaSteps().stream()
            .filter(step -> step.row() == GuideStep.PREPARE_REPLICA)
            .findFirst()
            .orElseThrow();

    @BeforeEach
    void open() {
        rds.createDBParameterGroup(request -> request.dbParameterGroupName("settings")
                .dbParameterGroupFamily("mysql8.0")
                .description("of the replica"));
        add("copy");
    }

    @AfterEach
    void close() {
        engine.close();
        client.close();
        api.close();
    }

    private void add(String instance) {
        api.region(ApiClient.REGION).instance(instance, "8.0.36", 1);
        rds.modifyDBInstance(request -> request.dbInstanceIdentifier(instance).dbParameterGroupName("settings"));
        api.passAll();
    }

    private Look look(ReplicationPlan plan) {
        ServerFacts replica = RdsFacts.replica(RdsFacts.mysql80())
                .plusVariables(Map.of("sluice.parameter_group", "settings", "sluice.parameter_group_others", ""));
        MockContext context = MockContext.of(plan, RdsFacts.source(RdsFacts.mysql80()), replica);
        return prepare.look(context.at(prepare).replicaSession(sql -> List.of()));
    }

    @Test
    void whoeverGetsTheGroupBeforeItIsChangedIsNotFiltered() {
        assertThat(look(PLAN))
                .isInstanceOfSatisfying(
                        Look.Missing.class,
                        missing -> assertThat(missing.operationIds()).contains("set-parameters"));

        add("billing");

        assertThatThrownBy(() -> look(PLAN)).hasMessageContainingAll("RDS-212", "billing", "replicate-wild-do-table");
        assertThat(look(PLAN.allowSharedParameterGroup())).isInstanceOf(Look.Missing.class);
        assertThat(api.modifications().stream().map(ApiCall::action))
                .containsExactly("CreateDBParameterGroup", "ModifyDBInstance", "ModifyDBInstance");
    }
}
