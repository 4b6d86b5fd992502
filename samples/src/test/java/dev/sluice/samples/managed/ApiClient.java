// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import dev.sluice.rds.aws.AwsClients;
import dev.sluice.testing.aws.AwsApi;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.rds.RdsClient;

/** The real AWS client, pointed at an API on loopback. */
final class ApiClient implements AutoCloseable {
    private final RdsClient client;

    ApiClient(AwsApi api) {
        client = RdsClient.builder()
                .region(Region.of(ManagedServers.REGION))
                .endpointOverride(api.endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    AwsClients clients() {
        return AwsClients.onlyGiven().rds(ManagedServers.REGION, client);
    }

    /** Has AWS make a group and attach it to these instances. */
    void shareInstanceGroup(String... instances) {
        client.createDBParameterGroup(request -> request.dbParameterGroupName("shared")
                .dbParameterGroupFamily("mysql8.0")
                .description("shared"));
        for (String instance : instances) {
            client.modifyDBInstance(
                    request -> request.dbInstanceIdentifier(instance).dbParameterGroupName("shared"));
        }
    }

    /** The same for clusters. */
    void shareClusterGroup(String... clusters) {
        client.createDBClusterParameterGroup(request -> request.dbClusterParameterGroupName("shared")
                .dbParameterGroupFamily("aurora-mysql8.0")
                .description("shared"));
        for (String cluster : clusters) {
            client.modifyDBCluster(request -> request.dbClusterIdentifier(cluster)
                    .dbClusterParameterGroupName("shared")
                    .applyImmediately(true));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
