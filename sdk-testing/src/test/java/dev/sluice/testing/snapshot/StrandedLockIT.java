// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.api.operation.LockKind;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever holds the lock and is cut off the network without a word does not keep the source locked. */
@Tag("long")
@Timeout(120)
class StrandedLockIT {
    /** What the project promises. */
    private static final Duration PROMISED = Duration.ofSeconds(15);

    /** A reset or a close frees the source at once; only silence takes longer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @ParameterizedTest
    @CsvSource({
        "MYSQL_5_7, GLOBAL_READ_LOCK",
        "MYSQL_5_7, TABLE_WRITE_LOCKS",
        "MYSQL_8_0_31, GLOBAL_READ_LOCK",
        "MYSQL_8_0_31, TABLE_WRITE_LOCKS",
        "MYSQL_9, GLOBAL_READ_LOCK",
        "MYSQL_9, TABLE_WRITE_LOCKS"
    })
    void aHostThatIsCutOffWhileItHoldsTheLockLeavesTheSourceWritable(MySqlRelease release, LockKind lock)
            throws InterruptedException {
        assumeTrue(release.availability().isEmpty(), () -> String.valueOf(release.availability()));
        try (SharedServers.Loan loan = SharedServers.ofThisJvm().borrow(release)) {
            MySqlServer source = loan.server();
            source.execute("CREATE DATABASE app", "CREATE TABLE app.probe (id INT PRIMARY KEY)");
            try (LockOfStrandedHost host = LockOfStrandedHost.held(source, lock)) {
                CompletableFuture<Void> write =
                        CompletableFuture.runAsync(() -> source.execute("INSERT INTO app.probe VALUES (1)"));

                host.strand();
                long stranded = System.nanoTime();

                assertThat(write).succeedsWithin(PROMISED);
                Duration locked = Duration.ofNanos(System.nanoTime() - stranded);
                System.out.printf("%s, %s: writable after %d ms%n", release, lock, locked.toMillis());
                assertThat(locked).isGreaterThan(AT_ONCE);
            }
        }
    }
}
