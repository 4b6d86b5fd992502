// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A source that removes its binary logs while a run still needs them is told of before they are gone. */
@Tag("long")
@Timeout(180)
class LogsGoIT {
    private static String current(MySqlServer source) {
        List<List<String>> files = source.query("SHOW BINARY LOGS");
        return files.get(files.size() - 1).get(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void isWarnedOfOnceWhenTheyGoAndOnceWhenTheyAreGone(MySqlRelease release) throws Exception {
        List<String> warned = new CopyOnWriteArrayList<>();
        try (Pair pair = Pair.position(release, release)) {
            pair.source()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                            "FLUSH BINARY LOGS",
                            "FLUSH BINARY LOGS");
            ReplicationRun run = pair.sluice()
                    .start(
                            pair.sluice()
                                    .compile(pair.plan().databases("shop").pauseBefore(GuideStep.ENABLE_REPLICATION)),
                            event -> {
                                if (event instanceof RunEvent.Warning warning) {
                                    warned.add(warning.problem().code().id());
                                }
                            });
            await().atMost(Duration.ofSeconds(60)).until(() -> run.status().state() == RunState.PAUSED);
            String needed = current(pair.source());
            // One look at least, so that what is removed afterwards is seen to be.
            Thread.sleep(11_000);
            assertThat(warned).doesNotContain("CORE-788", "CORE-789");

            pair.source().execute("FLUSH BINARY LOGS", "PURGE BINARY LOGS TO '" + needed + "'");
            await().atMost(Duration.ofSeconds(30)).until(() -> warned.contains("CORE-788"));
            assertThat(warned).doesNotContain("CORE-789");

            pair.source().execute("FLUSH BINARY LOGS");
            pair.source().execute("PURGE BINARY LOGS TO '" + current(pair.source()) + "'");
            await().atMost(Duration.ofSeconds(30)).until(() -> warned.contains("CORE-789"));
            assertThat(warned).containsOnlyOnce("CORE-788", "CORE-789");
            run.cancel();
            run.completion().toCompletableFuture().join();
        }
    }
}
