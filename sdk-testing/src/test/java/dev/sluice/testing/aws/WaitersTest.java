// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.waiters.RdsWaiter;

/** Time that passes by itself, and the client's own way to wait. */
@Timeout(60)
class WaitersTest {
    private static final Duration STAGE = Duration.ofMillis(30);

    @Test
    void theClientWaitsForASnapshotARestoreAndADeletion() {
        try (AwsApi api = AwsApi.builder().stage(STAGE).start();
                ApiClients clients = new ApiClients(api)) {
            api.region(ApiClients.REGION).instance("orders", "8.0.36", 1);
            RdsClient rds = clients.rds();
            try (RdsWaiter waiter = RdsWaiter.builder()
                    .client(rds)
                    .overrideConfiguration(WaiterOverrideConfiguration.builder()
                            .maxAttempts(200)
                            .backoffStrategyV2(BackoffStrategy.fixedDelay(STAGE))
                            .build())
                    .build()) {
                rds.createDBSnapshot(ask -> ask.dbInstanceIdentifier("orders").dbSnapshotIdentifier("before"));
                waiter.waitUntilDBSnapshotAvailable(ask -> ask.dbSnapshotIdentifier("before"));
                var restoring = rds.restoreDBInstanceFromDBSnapshot(
                        ask -> ask.dbInstanceIdentifier("copy").dbSnapshotIdentifier("before"));
                assertThat(restoring.dbInstance().dbInstanceStatus()).isEqualTo("creating");
                var restored = waiter.waitUntilDBInstanceAvailable(ask -> ask.dbInstanceIdentifier("copy"));
                assertThat(restored.matched().response()).isPresent();
                rds.deleteDBInstance(ask -> ask.dbInstanceIdentifier("copy").skipFinalSnapshot(true));
                waiter.waitUntilDBInstanceDeleted(ask -> ask.dbInstanceIdentifier("copy"));
                assertThat(api.breakdowns()).isEmpty();
            }
        }
    }
}
