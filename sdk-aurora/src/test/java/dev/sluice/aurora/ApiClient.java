// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.spi.PollPace;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.testing.aws.AwsApi;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;

/** The real AWS client, pointed at an API on loopback. */
final class ApiClient implements AutoCloseable {
    static final String REGION = "eu-west-1";

    /** Another region, for what crosses the border between them. */
    static final String FAR = "us-east-1";

    private final RdsClient client;
    private final Ec2Client ec2;
    private final RdsClient far;

    ApiClient(AwsApi api) {
        client = configured(api, RdsClient.builder(), REGION).build();
        ec2 = configured(api, Ec2Client.builder(), REGION).build();
        far = configured(api, RdsClient.builder(), FAR).build();
    }

    private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
            AwsApi api, B builder, String region) {
        return builder.region(Region.of(region))
                .endpointOverride(api.endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }

    Ec2Client ec2() {
        return ec2;
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
                .ec2(REGION, ec2)
                .rds(FAR, far)
                .polling(new PollPace(Duration.ofMillis(100), Duration.ofMillis(500)));
    }

    @Override
    public void close() {
        client.close();
        ec2.close();
        far.close();
    }
}
