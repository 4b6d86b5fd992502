// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.StepResult;
import dev.sluice.testservers.GeneralLog;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same plan again on its live, verified replication. */
@Timeout(180)
class RerunIT {
    @Test
    void changesNothingAndSaysSo() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            pair.source()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                            "INSERT INTO shop.t VALUES (1)");
            ReplicationPlan plan = pair.plan().retainBinlogs(Duration.ofHours(1000));
            assertThat(pair.run(plan).changedSomething()).isTrue();

            GeneralLog.Mark source = pair.source().generalLog().on();
            GeneralLog.Mark replica = pair.replica().generalLog().on();
            RunResult again = pair.run(plan);

            assertThat(again.changedSomething()).isFalse();
            assertThat(again.steps())
                    .filteredOn(step -> step.outcome() != StepResult.Outcome.ALREADY_DONE)
                    .allMatch(step -> step.operationsDone().isEmpty());
            assertThat(StatementsThatChange.since(pair.source(), source)).isEmpty();
            assertThat(StatementsThatChange.since(pair.replica(), replica)).isEmpty();
        }
    }
}
