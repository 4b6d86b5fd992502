// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may change a replica. */
@Timeout(60)
class ReplicaClaimIT {
    @Test
    void isFreeForTheNextOneAtOnceWhenItIsClosed() {
        try (var loan = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, options -> options)) {
            MySqlConnector connector = connector(loan.server());
            for (int i = 0; i < 20; i++) {
                try (ReplicaClaim claim = ReplicaClaim.of(connector, "sluice-claim-test", () -> {})) {
                    assertThat(claim.isHeld()).isTrue();
                }
                assertThat(loan.server()
                                .query("SELECT IS_USED_LOCK('dev.sluice.replica')")
                                .get(0)
                                .get(0))
                        .isNull();
            }
        }
    }

    @Test
    void isRefusedWhileAnotherHasItAndLostForGoodWhenItsSessionEnds() {
        try (var loan = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, options -> options)) {
            MySqlConnector connector = connector(loan.server());
            AtomicInteger told = new AtomicInteger();
            try (ReplicaClaim claim = ReplicaClaim.of(connector, "sluice-claim-test", told::incrementAndGet)) {
                assertThatThrownBy(() -> ReplicaClaim.of(connector, "sluice-claim-second", () -> {}))
                        .isInstanceOfSatisfying(
                                StepRefusedException.class,
                                e -> assertThat(e.code()).isEqualTo(RunCode.REPLICA_TAKEN));
                loan.server()
                        .execute("KILL "
                                + loan.server()
                                        .query("SELECT IS_USED_LOCK('dev.sluice.replica')")
                                        .get(0)
                                        .get(0));

                assertThat(claim.isHeld()).isFalse();
                await().during(Duration.ofSeconds(3))
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> told.get() == 1);
                try (ReplicaClaim next = ReplicaClaim.of(connector, "sluice-claim-next", () -> {})) {
                    assertThat(next.isHeld()).isTrue();
                    assertThat(claim.isHeld()).isFalse();
                }
            }
        }
    }

    private static MySqlConnector connector(MySqlServer server) {
        return MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(server.rootUser())
                .password(server::rootPassword)
                .controlTimeout(ReplicaClaim.ANSWER)
                .build();
    }
}
