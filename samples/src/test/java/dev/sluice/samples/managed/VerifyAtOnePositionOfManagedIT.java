// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.core.LiveReplication;
import dev.sluice.samples.managed.ManagedServers.Kind;
import dev.sluice.samples.managed.ManagedServers.Member;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replicas on RDS and Aurora are compared at exactly one position by their procedures, or not at all. */
@Timeout(240)
@Tag("long")
class VerifyAtOnePositionOfManagedIT {
    private static Member replica(ManagedWorld world, Kind kind, Series series, String workers) {
        String setting = series == Series.V8_4 ? "replica_parallel_workers" : "slave_parallel_workers";
        Member replica = world.member(kind, series, "replica");
        // What Aurora 3 begins with is not what it can be set to.
        replica.server().execute("SET GLOBAL " + setting + " = " + workers);
        return replica;
    }

    private static ReplicationPlan plan(ManagedWorld world, Member source, Member replica) {
        source.server()
                .execute(
                        "CREATE DATABASE shop",
                        "CREATE TABLE shop.t (id INT PRIMARY KEY, v VARCHAR(20))",
                        "INSERT INTO shop.t VALUES (1, 'a'), (2, 'b')");
        return world.plan(source, replica)
                .databases("shop")
                .verifyAtOnePosition()
                .allowVerificationLock();
    }

    @ParameterizedTest
    @CsvSource({"RDS, V5_7", "RDS, V8_0", "RDS, V8_4", "AURORA, V8_0"})
    void byItsProcedures(Kind kind, Series series) throws InterruptedException {
        try (ManagedWorld world = new ManagedWorld()) {
            Member source = world.member(Kind.EXTERNAL, series, "source");
            Member replica = replica(world, kind, series, series == Series.V8_4 ? "1" : "0");
            ReplicationPlan plan = series == Series.V5_7
                    ? plan(world, source, replica).allowPlainText()
                    : plan(world, source, replica);

            RunResult result =
                    world.sluice().start(world.sluice().compile(plan)).await();

            assertThat(result.verification().orElseThrow().isClean()).isTrue();
            assertThat(result.verification().orElseThrow().at()).isPresent();
            assertThat(result.left()).isEmpty();

            LiveReplication live = world.sluice().live(plan);
            replica.server().execute("SET SESSION sql_log_bin = 0", "DELETE FROM shop.t WHERE id = 2");
            source.server().execute("INSERT INTO shop.t VALUES (3, 'c')");
            VerificationReport other = live.verifyAtOnePosition();

            assertThat(other.tables().get(0).differences())
                    .containsExactly("the row with id = 2 is missing on the replica");
            live.awaitApplied(live.sourceNow(), Duration.ofSeconds(30));
            assertThat(live.lag()).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RDS, V8_0, 4, workers",
        "AURORA, V8_0, 4, workers",
        "AURORA, V5_7, 0, no procedure",
        "AURORA, V8_4, 1, no procedure"
    })
    void whatCannotBeStoppedIsRefusedWithTheReason(Kind kind, Series series, String workers, String reason) {
        try (ManagedWorld world = new ManagedWorld()) {
            Member source = world.member(Kind.EXTERNAL, series, "source");
            ReplicationPlan plan =
                    plan(world, source, replica(world, kind, series, workers)).allowPlainText();

            assertThatThrownBy(() -> world.sluice().compile(plan))
                    .isInstanceOf(PlanRejectedException.class)
                    .hasMessageContaining("RDS-312")
                    .hasMessageContaining(reason);
        }
    }
}
