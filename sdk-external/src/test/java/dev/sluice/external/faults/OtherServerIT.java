// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.run.LostServer;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another server answers where a server of the run did, and has tables of the same names; or a server lost what the run had loaded. */
@Timeout(240)
class OtherServerIT {
    private static final String ROWS = "SELECT id FROM shop.small ORDER BY id";

    private final SharedServers.Loan loan =
            SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, ServerOptions::gtid);

    @AfterEach
    void close() {
        loan.close();
    }

    /** With a table that is nobody's business. */
    private MySqlServer other() {
        loan.server()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.small (id INT PRIMARY KEY, v VARCHAR(20))",
                        "INSERT INTO shop.small VALUES (7, 'mine')");
        return loan.server();
    }

    private static void assertUntouched(MySqlServer other) {
        assertThat(other.query(ROWS)).isEqualTo(List.of(List.of("7")));
        assertThat(other.query("SHOW REPLICA STATUS")).isEmpty();
    }

    @Test
    void whatTheRunHasLoadedIsNotDroppedWhereItIsNot() throws Exception {
        MySqlServer other = other();
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.ENABLE_REPLICATION);
            stage.replaceReplicaBy(other);
            stage.awaitFailure(run, "CORE-615", "CORE-664");

            assertThatThrownBy(run::abandon).hasMessageContaining("CORE-664");

            assertUntouched(other);
            stage.replicaIsBack();
            assertThat(run.abandon().left()).isEmpty();
            stage.assertSourceAsBefore();
            stage.assertReplicaAsBefore();
        }
    }

    @Test
    void withoutAReplicaThatIsGoneTheSourceIsAsBefore() throws Exception {
        MySqlServer other = other();
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.ENABLE_REPLICATION);
            stage.replaceReplicaBy(other);
            stage.awaitFailure(run, "CORE-615", "CORE-664");
            stage.redeploy();

            RunResult result = stage.abandonWithout(run, LostServer.REPLICA);

            assertThat(result.left()).isNotEmpty().allMatch(line -> line.contains("is gone"));
            stage.assertSourceAsBefore();
            assertUntouched(other);
        }
    }

    @Tag("long")
    @Test
    void withoutASourceThatIsGoneTheReplicaIsAsBefore() throws Exception {
        MySqlServer other = other();
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.ENABLE_REPLICATION);
            stage.redeploy();
            stage.replaceSourceBy(other);
            assertThatThrownBy(() -> stage.abandon(run)).hasMessageContaining("CORE-664");

            RunResult result = stage.abandonWithout(run, LostServer.SOURCE);

            assertThat(result.left()).isNotEmpty().allMatch(line -> line.contains("is gone"));
            stage.assertReplicaAsBefore();
            assertUntouched(other);
        }
    }

    @Test
    void replicationIsNotEnabledWhereTheLoadIsGone() throws Exception {
        try (FaultStage stage = new FaultStage()) {
            ReplicationRun run = stage.startAndPauseBefore(GuideStep.ENABLE_REPLICATION);
            stage.redeploy();
            stage.replica()
                    .execute(
                            "SET SESSION sql_log_bin = 0", "SET GLOBAL super_read_only = OFF", "DROP TABLE shop.small");

            stage.resumeInVain(run, "CORE-882");

            assertThat(stage.replica().query("SHOW REPLICA STATUS")).isEmpty();
        }
    }
}
