// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testing.aws.ApiFault;
import dev.sluice.testing.aws.AwsApi;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;

/** The real client of AWS, at an API that may say nothing. */
@Timeout(60)
class CutCallsTest {
    private final AwsApi api = AwsApi.start();
    private RdsClient client;

    @BeforeEach
    void open() {
        client = CutCalls.of(
                RdsClient.class,
                RdsClient.builder()
                        .region(Region.EU_WEST_1)
                        .endpointOverride(api.endpoint())
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("AKIDTEST", "not-a-secret")))
                        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(50)))
                        .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                        .build());
    }

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    @Test
    void aCallThatIsNotAnsweredEndsWithAnInterrupt() {
        api.failOnce("DescribeDBInstances", ApiFault.SILENCE);

        assertIsCut(client::describeDBInstances);
    }

    @Test
    void soDoesOneThatIsAPage() {
        api.failOnce("DescribeDBInstances", ApiFault.SILENCE);

        assertIsCut(() ->
                assertThat(client.describeDBInstancesPaginator().dbInstances()).isEmpty());
    }

    private void assertIsCut(Runnable call) {
        Thread caller = Thread.currentThread();
        Thread stopper = new Thread(
                () -> {
                    while (api.calls().isEmpty()) {
                        Thread.onSpinWait();
                    }
                    caller.interrupt();
                },
                "test-stopper");
        stopper.start();
        long began = System.nanoTime();

        assertThatThrownBy(call::run).isInstanceOf(AbortedException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void answersAndRefusalsAreWhatTheClientMakesOfThem() {
        assertThat(client.describeDBInstances().dbInstances()).isEmpty();
        assertThatThrownBy(() -> client.deleteDBInstance(request -> request.dbInstanceIdentifier("no-such")))
                .isInstanceOf(DbInstanceNotFoundException.class);
        assertThat(client.serviceName()).isEqualTo("rds");
    }
}
