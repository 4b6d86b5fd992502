// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepRefusedException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;

class AwsClientsTest {
    private static RdsClient client(Region region) {
        return RdsClient.builder()
                .region(region)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static Region region(RdsClient client) {
        return client.serviceClientConfiguration().region();
    }

    @Test
    void aClientIsFoundByAccountAndRegion() {
        try (RdsClient own = client(Region.EU_WEST_1);
                RdsClient other = client(Region.US_EAST_1);
                AwsClients clients =
                        AwsClients.onlyGiven().rds("eu-west-1", own).rds("analytics", "us-east-1", other)) {
            assertThat(region(clients.rds(new AwsPlace(AwsPlace.DEFAULT_ACCOUNT, "eu-west-1"))))
                    .isEqualTo(Region.EU_WEST_1);
            assertThat(region(clients.rds(new AwsPlace("analytics", "us-east-1"))))
                    .isEqualTo(Region.US_EAST_1);
            assertThatThrownBy(() -> clients.rds(new AwsPlace("analytics", "eu-west-1")))
                    .isInstanceOf(StepRefusedException.class)
                    .hasMessageContainingAll("analytics/eu-west-1", "AWS-101");
        }
    }

    @Test
    void theDefaultChainMakesOneClientARegionAndClosesItsOwnOnly() {
        RdsClient given = client(Region.EU_WEST_1);
        AwsClients clients = AwsClients.defaultChain().rds("eu-west-1", given);
        AwsPlace other = new AwsPlace(AwsPlace.DEFAULT_ACCOUNT, "eu-central-1");

        assertThat(clients.rds(other)).isSameAs(clients.rds(other));
        assertThatThrownBy(() -> clients.rds(new AwsPlace("analytics", "eu-central-1")))
                .isInstanceOf(StepRefusedException.class);
        clients.close();

        assertThatThrownBy(() -> clients.rds(other)).isInstanceOf(IllegalStateException.class);
        assertThat(region(clients.rds(new AwsPlace(AwsPlace.DEFAULT_ACCOUNT, "eu-west-1"))))
                .isEqualTo(Region.EU_WEST_1);
        given.close();
    }

    @Test
    void regionsAndAccountsAreChecked() {
        assertThatThrownBy(() -> new AwsPlace("default", "Ireland")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AwsPlace("a b; rm", "eu-west-1")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new AwsPlace("default", "us-gov-west-1")).hasToString("us-gov-west-1");
    }
}
