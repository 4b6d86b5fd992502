// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.operation.OperationInfo;
import dev.sluice.api.operation.Target;
import dev.sluice.rds.aws.ParameterGroupCalls.Apply;
import dev.sluice.testing.aws.ApiCall;
import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.AwsApi;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.rds.RdsClient;

/** Calls and looks by the real client, with an API behind which no servers stand. */
class ParameterGroupsTest {
    private static final AwsPlace PLACE = new AwsPlace(AwsPlace.DEFAULT_ACCOUNT, "eu-west-1");
    private static final GroupOwner CLUSTER = GroupOwner.cluster(PLACE, "orders");
    private static final OperationInfo INFO = OperationInfo.changing("id", Target.SOURCE, "test");

    private final ParameterGroupCalls calls = new ParameterGroupCalls(CLUSTER);
    private AwsApi api;
    private RdsClient client;
    private RdsLooks looks;

    @BeforeEach
    void open() {
        api = AwsApi.builder().byHand().start();
        client = RdsClient.builder()
                .region(Region.of("eu-west-1"))
                .endpointOverride(api.endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
        looks = new RdsLooks(AwsClients.onlyGiven().rds("eu-west-1", client));
        api.region("eu-west-1").cluster("orders", "8.0.mysql_aurora.3.08.0");
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    private void perform(ControlPlaneOperation operation) {
        try {
            RdsCalls.call(operation).accept(client);
        } catch (SdkException failure) {
            throw AwsFailures.whileChanging(failure, operation.action());
        }
    }

    private void create() {
        perform(calls.create(INFO, "mine", "aurora-mysql8.0"));
    }

    @Test
    void aGroupIsMadeAttachedChangedAndCountsAfterTheReboot() {
        assertThat(GroupOwner.isDefault(looks.attachedGroup(CLUSTER))).isTrue();
        assertThat(GroupOwner.familyOf(looks.attachedGroup(CLUSTER))).isEqualTo("aurora-mysql8.0");
        create();
        perform(calls.attach(INFO, "mine"));
        api.passAll();
        perform(calls.set(INFO, "mine", Map.of("binlog_format", "ROW"), Apply.PENDING_REBOOT));
        api.passAll();

        assertThat(looks.attachedGroup(CLUSTER)).isEqualTo("mine");
        assertThat(looks.parameters(CLUSTER, "mine")).contains(Map.of("binlog_format", "ROW"));
        assertThat(status()).isEqualTo("pending-reboot");

        perform(calls.reboot(INFO, "orders-1"));
        api.passAll();

        assertThat(status()).isEqualTo("in-sync");
    }

    private String status() {
        return looks.cluster(PLACE, "orders").writer().orElseThrow().parameterGroupStatus();
    }

    @Test
    void aGroupThatIsThereIsNotMadeTwice() {
        create();
        create();

        assertThat(looks.parameters(CLUSTER, "mine")).contains(Map.of());
        assertThat(api.modifications().stream().map(ApiCall::action).distinct())
                .containsExactly("CreateDBClusterParameterGroup");
    }

    @Test
    void valuesArriveWhole() {
        create();
        Map<String, String> filters =
                Map.of("replicate-wild-do-table", "a\\_b.%,it's.%", "replicate-wild-ignore-table", "mysql.%,sys.%");

        perform(calls.set(INFO, "mine", filters, Apply.IMMEDIATE));

        assertThat(looks.parameters(CLUSTER, "mine")).contains(filters);
    }

    @Test
    void whatIsNotThereIsEmptyOrRefused() {
        assertThat(looks.parameters(CLUSTER, "nobodys")).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> looks.cluster(PLACE, "nobodys"))
                .isInstanceOfSatisfying(
                        StepRefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(AwsErrorCode.NOT_FOUND));
    }

    @Test
    void throttlingPassesAndLostAnswersAreLookedAt() {
        api.failOnce("CreateDBClusterParameterGroup", ApiFault.THROTTLED);
        assertThatThrownBy(this::create).isInstanceOf(StepUnavailableException.class);
        api.failOnce("CreateDBClusterParameterGroup", ApiFault.LOST_ANSWER);
        assertThatThrownBy(this::create).isInstanceOf(StepOutcomeUnknownException.class);

        assertThat(looks.parameters(CLUSTER, "mine")).isPresent();
    }

    @Test
    void aStaticParameterIsNotSetAtOnce() {
        create();

        assertThatThrownBy(() -> perform(calls.set(INFO, "mine", Map.of("binlog_format", "ROW"), Apply.IMMEDIATE)))
                .isInstanceOf(StepRefusedException.class);
    }

    @Test
    void aStateThatDoesNotPassEndsTheWait() {
        api.region("eu-west-1").findCluster("orders").orElseThrow().status("failed");

        assertThatThrownBy(() -> looks.attachedGroup(CLUSTER))
                .isInstanceOfSatisfying(
                        StepException.class,
                        failed -> assertThat(failed.code()).isEqualTo(AwsErrorCode.TERMINAL_STATE));
    }

    @Test
    void commandsAreOneWordEach() {
        ControlPlaneOperation set =
                calls.set(INFO, "mine", Map.of("replicate-wild-do-table", "it's\\_\".%"), Apply.IMMEDIATE);

        assertThat(set.command())
                .isEqualTo("aws rds modify-db-cluster-parameter-group --region eu-west-1"
                        + " --db-cluster-parameter-group-name mine --parameters"
                        + " '[{\"ParameterName\":\"replicate-wild-do-table\",\"ParameterValue\":\"it'\\''s\\\\_\\\".%\","
                        + "\"ApplyMethod\":\"immediate\"}]'");
    }
}
