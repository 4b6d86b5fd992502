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
import dev.sluice.testservers.SharedServers.Loan;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A claim that survives the server on which it was held, and lets nobody in meanwhile. */
@Timeout(60)
class RunClaimIT {
    private static final String LABEL = "orders (eu-west-1)";
    private static final String LOCKS =
            "SELECT 1 FROM performance_schema.metadata_locks WHERE OBJECT_TYPE = 'USER LEVEL LOCK'";

    /** Each test gives back what it claims, and changes nothing else. */
    private static Loan loan;

    private static MySqlServer server;
    private static MySqlConnector connector;

    private final AtomicInteger lost = new AtomicInteger();

    @BeforeAll
    static void open() {
        loan = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31);
        server = loan.server();
        connector = MySqlConnector.builder()
                .address(new ServerAddress(server.host(), server.port()))
                .user(server.rootUser())
                .password(server::rootPassword)
                .allowPlainText()
                .build();
    }

    @AfterEach
    void nothingIsClaimed() {
        await().until(() -> server.query(LOCKS).isEmpty());
    }

    @AfterAll
    static void close() {
        loan.close();
    }

    /** One server plays both: the names of the locks differ. */
    private ReplicaClaim fence() {
        return ReplicaClaim.onSource(connector, LABEL, "sluice-fence-test", () -> {});
    }

    private RunClaim claim() {
        return RunClaim.of(
                this::fence, told -> ReplicaClaim.of(connector, "sluice-claim-test", told), lost::incrementAndGet);
    }

    private void kill(String lockPattern) {
        String holder = String.valueOf(server.query("SELECT t.PROCESSLIST_ID FROM performance_schema.metadata_locks l"
                        + " JOIN performance_schema.threads t ON t.THREAD_ID = l.OWNER_THREAD_ID"
                        + " WHERE l.OBJECT_TYPE = 'USER LEVEL LOCK' AND l.OBJECT_NAME REGEXP '" + lockPattern + "'")
                .get(0)
                .get(0));
        server.execute("KILL " + holder);
    }

    @Test
    void isTakenAnewWhereTheRunOnlyWaits() {
        try (RunClaim claim = claim()) {
            claim.renewable(true);
            kill("replica$");
            await().until(() -> !claim.isHeld());
            assertThatThrownBy(this::fence)
                    .isInstanceOfSatisfying(
                            StepRefusedException.class,
                            e -> assertThat(e.code()).isEqualTo(RunCode.REPLICA_TAKEN));

            claim.renew();

            assertThat(claim.isHeld()).isTrue();
            assertThat(lost).hasValue(0);
        }
        assertThat(server.query(LOCKS)).isEmpty();
    }

    @Test
    void isNotTakenFromWhoHasItByThen() {
        try (RunClaim claim = claim()) {
            claim.renewable(true);
            kill("replica$");
            await().until(() -> !claim.isHeld());
            try (ReplicaClaim other = ReplicaClaim.of(connector, "sluice-claim-other", () -> {})) {
                assertThatThrownBy(claim::renew)
                        .isInstanceOfSatisfying(
                                StepRefusedException.class,
                                e -> assertThat(e.code()).isEqualTo(RunCode.REPLICA_TAKEN));
                assertThat(other.isHeld()).isTrue();
                assertThat(claim.isHeld()).isFalse();
            }
        }
    }

    /** A restart of the source takes the fence and not the claim. */
    @Test
    void itsFenceIsPutUpAgainAsLongAsTheReplicaWasNotLost() {
        try (RunClaim claim = claim()) {
            kill("replica[.]");
            claim.sourceMayHaveRestarted();
            claim.renewable(true);
            kill("replica$");
            await().until(() -> !claim.isHeld());

            claim.replicaMayHaveRestarted();

            assertThat(claim.isHeld()).isTrue();
            assertThat(lost).hasValue(0);
        }
    }

    /** Nobody knows who had the replica meanwhile. */
    @Test
    void itsFenceIsNotPutUpAgainOnceTheReplicaWasLost() {
        try (RunClaim claim = claim()) {
            claim.renewable(true);
            kill("replica[.]");
            kill("replica$");
            await().until(() -> !claim.isHeld());

            claim.sourceMayHaveRestarted();

            assertThatThrownBy(claim::replicaMayHaveRestarted).hasMessageContaining("is lost");
        }
    }

    @Test
    void isLostForGoodWithItsFence() {
        try (RunClaim claim = claim()) {
            claim.renewable(true);
            kill("replica$");
            kill("replica[.]");
            await().until(() -> !claim.isHeld());

            assertThatThrownBy(claim::renew)
                    .isInstanceOfSatisfying(
                            StepRefusedException.class,
                            e -> assertThat(e.code()).isEqualTo(RunCode.REPLICA_LOST));
        }
    }

    @Test
    void aLossEndsTheRunAsSoonAsItDoesNotOnlyWait() {
        try (RunClaim claim = claim()) {
            claim.renewable(true);
            kill("replica$");
            await().until(() -> !claim.isHeld());
            assertThat(lost).hasValue(0);

            claim.renewable(false);

            assertThat(lost).hasValue(1);
        }
    }

    @Test
    void aLossBeforeThatEndsItAtOnce() {
        try (RunClaim claim = claim()) {
            kill("replica$");

            await().atMost(Duration.ofSeconds(10)).until(() -> lost.get() == 1);
        }
    }
}
