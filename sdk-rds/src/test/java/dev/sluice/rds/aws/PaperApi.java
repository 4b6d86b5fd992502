// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.spi.PollPace;
import dev.sluice.testing.aws.ApiRegion;
import dev.sluice.testing.aws.AwsApi;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.rds.RdsClient;

/** The real client, and an API behind which no servers stand and nothing passes by itself. */
final class PaperApi implements AutoCloseable {
    static final AwsPlace PLACE = new AwsPlace(AwsPlace.DEFAULT_ACCOUNT, "eu-west-1");

    final AwsApi api = AwsApi.builder().byHand().start();
    final RdsClient client = RdsClient.builder()
            .region(Region.of("eu-west-1"))
            .endpointOverride(api.endpoint())
            .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "not-a-secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    /** A reboot in doubt is settled after two seconds, and not before a busy machine has looked once more. */
    final AwsClients clients = AwsClients.onlyGiven()
            .rds("eu-west-1", client)
            .polling(new PollPace(Duration.ofMillis(10), Duration.ofMillis(500)));

    ApiRegion region() {
        return api.region("eu-west-1");
    }

    @Override
    public void close() {
        client.close();
        api.close();
    }
}
