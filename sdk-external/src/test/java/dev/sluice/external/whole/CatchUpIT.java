// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunState;
import dev.sluice.testing.front.FaultFront;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What passes by itself while a run waits for its replica does not end the run. */
@Tag("long")
@Timeout(180)
class CatchUpIT {
    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();

    private boolean wasWarned() {
        return heard.stream()
                .anyMatch(event -> event instanceof RunEvent.Warning warning
                        && warning.problem().code().id().equals("CORE-122"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void anOutageBetweenReplicaAndSourceIsWaitedFor(MySqlRelease release) throws InterruptedException {
        try (Pair pair = Pair.gtid(release, release);
                FaultFront front =
                        FaultFront.to(pair.source().host(), pair.source().port())) {
            pair.source().execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT PRIMARY KEY)");
            ReplicationPlan plan = ReplicationPlan.from(
                            pair.sourceEndpoint().reachableByReplicaAt(front.host(), front.port()))
                    .to(pair.replicaEndpoint())
                    .allowPlainText()
                    .allowReplicaBinlogReset()
                    .pauseBefore(GuideStep.CATCH_UP);
            ReplicationRun run = pair.sluice().start(pair.sluice().compile(plan), heard::add);
            await().atMost(Duration.ofSeconds(90)).until(() -> run.status().state() == RunState.PAUSED);
            front.refuse();
            front.cut();
            pair.source().execute("INSERT INTO shop.t VALUES (1)");

            run.proceed();
            await().atMost(Duration.ofSeconds(60)).until(this::wasWarned);
            assertThat(run.status().state()).isEqualTo(RunState.RUNNING);
            front.heal();

            assertThat(run.await().state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(pair.replica().query("SELECT id FROM shop.t").toString()).isEqualTo("[[1]]");
        }
    }
}
