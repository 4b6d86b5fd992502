// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.spi.PollPace;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.testing.aws.AwsApi;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;

/** The real AWS client, pointed at an API on loopback. */
final class ApiClient implements AutoCloseable {
    static final String REGION = "eu-west-1";

    private final RdsClient client;
    private final Ec2Client ec2;

    ApiClient(AwsApi api) {
        this(api, REGION);
    }

    ApiClient(AwsApi api, String region) {
        client = RdsClient.builder()
                .region(Region.of(region))
                .endpointOverride(api.endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
        ec2 = Ec2Client.builder()
                .region(Region.of(region))
                .endpointOverride(api.endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    AwsClients clients() {
        return AwsClients.onlyGiven()
                .rds(REGION, client)
                .ec2(REGION, ec2)
                .polling(new PollPace(Duration.ofMillis(100), Duration.ofMillis(500)));
    }

    RdsClient raw() {
        return client;
    }

    Ec2Client ec2() {
        return ec2;
    }

    @Override
    public void close() {
        client.close();
        ec2.close();
    }
}
