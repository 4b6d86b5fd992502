// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.spi.PollPace;
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
    static final String REGION = "eu-west-1";

    /** Another region, for what crosses the border between them. */
    static final String FAR = "us-east-1";

    private final RdsClient client;
    private final RdsClient far;

    ApiClient(AwsApi api) {
        client = client(api, REGION);
        far = client(api, FAR);
    }

    private static RdsClient client(AwsApi api, String region) {
        return RdsClient.builder()
                .region(Region.of(region))
                .endpointOverride(api.endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    RdsClient raw() {
        return client;
    }

    /** Of the other region. */
    RdsClient rawFar() {
        return far;
    }

    AwsClients clients() {
        return AwsClients.onlyGiven()
                .rds(REGION, client)
                .rds(FAR, far)
                .polling(new PollPace(Duration.ofMillis(100), Duration.ofMillis(500)));
    }

    @Override
    public void close() {
        client.close();
        far.close();
    }
}
