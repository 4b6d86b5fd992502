// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The real AWS clients, pointed at an API on loopback. */
final class ApiClients implements AutoCloseable {
    static final String REGION = "eu-west-1";

    private final AwsApi api;
    private final List<SdkAutoCloseable> clients = new ArrayList<>();

    ApiClients(AwsApi api) {
        this.api = api;
    }

    RdsClient rds() {
        return rds(REGION, "AKIDTEST");
    }

    RdsClient rds(String region, String accessKey) {
        RdsClient client = RdsClient.builder()
                .region(Region.of(region))
                .endpointOverride(api.endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
        clients.add(client);
        return client;
    }

    Ec2Client ec2() {
        Ec2Client client = Ec2Client.builder()
                .region(Region.of(REGION))
                .endpointOverride(api.endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "not-a-secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(30)))
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(SdkAutoCloseable::close);
    }
}
