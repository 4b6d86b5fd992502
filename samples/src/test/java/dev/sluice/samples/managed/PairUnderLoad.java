// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.plan.Consent;
import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import dev.sluice.samples.managed.ManagedServers.Member;
import dev.sluice.testing.load.LagBrake;
import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.Heartbeat;
import dev.sluice.testservers.MySqlServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * One replication from its plan to its end. All the while an application writes to the source, and managed servers into their own schema.
 * Sluice has nothing but the endpoints' own users: on managed servers the admin account with the privileges that AWS grants.
 */
final class PairUnderLoad {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration CATCH_UP = Duration.ofSeconds(60);

    private final PairCase pair;
    private final ManagedServers servers;
    private final Member source;
    private final Member replica;
    private final ReplicationPlan plan;

    private PairUnderLoad(PairCase pair, ManagedServers servers) {
        this.pair = pair;
        this.servers = servers;
        this.source = pair.sourceOf(servers);
        this.replica = pair.replicaOf(servers);
        this.plan = pair.plan(source, replica);
    }

    /** Replicates and ends, or finds it refused where that is what is to be expected. */
    static void prove(PairCase pair) throws SQLException, InterruptedException {
        try (ManagedServers servers = new ManagedServers()) {
            PairUnderLoad one = new PairUnderLoad(pair, servers);
            AdminGrants.requireExactly(one.source);
            AdminGrants.requireExactly(one.replica);
            if (pair.refusal().isPresent()) {
                one.isRefused(pair.refusal().get());
            } else {
                one.runs();
            }
        }
    }

    private void isRefused(String code) {
        StatementsSeen statements = StatementsSeen.on(source, replica);
        try (Sluice sluice = servers.sluice()) {
            PlanRejectedException refused =
                    catchThrowableOfType(PlanRejectedException.class, () -> sluice.start(sluice.compile(plan)));

            assertThat(refused).as("refused").isNotNull();
            assertThat(refused.problems())
                    .anySatisfy(problem -> assertThat(problem.code().id()).isEqualTo(code));
        }
        assertThat(statements.thatChange()).isEmpty();
    }

    private void runs() throws SQLException, InterruptedException {
        Shop.open(source.server());
        try (Heartbeats beats = Heartbeats.of(source, replica);
                Writers writers = Shop.sells(source.server());
                Sluice sluice = servers.sluice()) {
            RunResult result = sluice.start(sluice.compile(plan), new LagBrake(writers::slowDown))
                    .await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            followsAsPlanned();
            beats.requireSome();
            isEqualAtTheEnd(sluice.live(plan), writers);
            assertThat(sluice.start(sluice.compile(end())).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        leavesNothing();
    }

    private void followsAsPlanned() {
        assertThat(replica.server()
                        .query("SELECT AUTO_POSITION, SSL_ALLOWED"
                                + " FROM performance_schema.replication_connection_configuration"))
                .singleElement()
                .isEqualTo(
                        List.of(pair.positioning() == Positioning.GTID ? "1" : "0", pair.isEncrypted() ? "YES" : "NO"));
    }

    private void isEqualAtTheEnd(LiveReplication live, Writers writers) throws InterruptedException {
        writers.stop();
        assertThat(writers.transactions()).isPositive();
        live.awaitApplied(live.sourceNow(), CATCH_UP);
        assertThat(live.compareStandingStill().isClean()).isTrue();
        assertThat(Shop.stock(replica.server())).isEqualTo(Shop.stock(source.server()));
    }

    private EndPlan end() {
        EndPlan end = EndPlan.of(plan.replica()).source(plan.source()).dropReplicationUser("sluice_repl", "%");
        for (Consent consent : plan.consents()) {
            end = end.allow(consent);
        }
        return source.dressed().isPresent() ? end.restoreDefaultRetention() : end;
    }

    private void leavesNothing() {
        assertThat(replica.server().query("SELECT 1 FROM performance_schema.replication_connection_configuration"))
                .isEmpty();
        assertThat(source.server().query("SELECT 1 FROM mysql.user WHERE User = 'sluice_repl'"))
                .isEmpty();
        if (source.dressed().isPresent()) {
            assertThat(retention(source.server())).isEqualTo("null");
        }
    }

    private static String retention(MySqlServer server) {
        return String.valueOf(
                server.query("SELECT value FROM mysql.rds_configuration WHERE name = 'binlog retention hours'")
                        .get(0)
                        .get(0));
    }

    /** Of managed servers; a self-managed one has none. That of a source changes a row that every managed replica has from its own. */
    private record Heartbeats(List<Heartbeat> running) implements AutoCloseable {
        static Heartbeats of(Member... members) {
            return new Heartbeats(Arrays.stream(members)
                    .flatMap(member -> member.dressed().stream())
                    .map(server -> server.beating(BEAT))
                    .toList());
        }

        void requireSome() {
            assertThat(running)
                    .allSatisfy(heartbeat -> assertThat(heartbeat.beats()).isPositive());
        }

        @Override
        public void close() {
            running.forEach(Heartbeat::close);
        }
    }
}
