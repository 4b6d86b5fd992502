// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.LiveBudget;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The source keeps its history for the rows only, not while keys are built on the replica. */
@Timeout(120)
class SnapshotOfRowsIT {
    private static final String TRANSACTIONS = "SELECT COUNT(*) FROM information_schema.INNODB_TRX";

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    /** Large enough for its keys to come after the rows. */
    private static void fill(MySqlServer source) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(500), KEY by_v (v))",
                "INSERT INTO shop.t (v) VALUES (REPEAT('x', 500)), (REPEAT('y', 500))");
        for (int i = 0; i < 14; i++) {
            source.execute("INSERT INTO shop.t (v) SELECT v FROM shop.t");
        }
        source.query("ANALYZE TABLE shop.t");
    }

    private static boolean isThere(MySqlServer replica) {
        return !replica.query(
                        "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'shop' AND TABLE_NAME = 't'")
                .isEmpty();
    }

    @Test
    void itIsClosedWhenAllRowsAreRead() throws Exception {
        LiveBudget budget = LiveBudget.of(CopyBudget.fixed(2, 2).bytesPerSecond(8 << 20));
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)
                .with(builder -> builder.copyBudget(budget))) {
            fill(pair.source());
            ReplicationRun run = pair.sluice().start(pair.sluice().compile(pair.plan()), events::add);
            await().atMost(Duration.ofSeconds(60)).until(() -> isThere(pair.replica()));
            try (Connection reader = pair.replica().connect();
                    Statement statement = reader.createStatement()) {
                statement.execute("BEGIN");
                statement.execute("SELECT * FROM shop.t LIMIT 1");

                await().atMost(Duration.ofSeconds(30))
                        .until(() -> events.stream().anyMatch(RunEvent.TableCopied.class::isInstance));
                await().atMost(Duration.ofSeconds(10))
                        .until(() ->
                                pair.source().query(TRANSACTIONS).get(0).get(0).equals("0"));
                assertThat(pair.replica()
                                .query("SELECT 1 FROM information_schema.STATISTICS WHERE INDEX_NAME = 'by_v'"))
                        .as("its key waits for the reader")
                        .isEmpty();
                statement.execute("COMMIT");
            }

            assertThat(run.await(Duration.ofSeconds(60)).state()).isEqualTo(RunState.SUCCEEDED);
        }
    }
}
