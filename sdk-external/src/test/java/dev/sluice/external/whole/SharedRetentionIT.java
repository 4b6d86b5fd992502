// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.external.ExternalMySql;
import dev.sluice.external.TwoServers;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.SharedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two runs from one source to two replicas, each of a Sluice and a journal of its own, both of which need the source's binary logs. */
@Timeout(240)
class SharedRetentionIT {
    private static final String BEFORE = "86400";
    private static final String DAYS_6 = "518400";
    private static final String DAYS_7 = "604800";

    @Test
    void theFirstToEndLeavesTheRetentionToTheOtherWhichRestoresIt() throws Exception {
        try (Three servers = new Three()) {
            ReplicationRun first = servers.start("one", Duration.ofDays(6));
            assertThat(servers.retention()).isEqualTo(DAYS_6);
            ReplicationRun second = servers.start("other", Duration.ofDays(6));

            first.proceed();
            RunResult ended = first.await();

            assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(ended.steps())
                    .filteredOn(step -> step.row() == GuideStep.RELAX_RETENTION)
                    .singleElement()
                    .satisfies(step -> assertThat(step.evidence()).contains("another run"));
            assertThat(servers.retention()).isEqualTo(DAYS_6);

            second.proceed();

            assertThat(second.await().state()).isEqualTo(RunState.SUCCEEDED);
            servers.assertAsBefore();
        }
    }

    @Test
    void oneThatIsCancelledTakesNothingFromTheOther() throws Exception {
        try (Three servers = new Three()) {
            ReplicationRun first = servers.start("one", Duration.ofDays(6));
            ReplicationRun second = servers.start("other", Duration.ofDays(7));
            assertThat(servers.retention()).isEqualTo(DAYS_7);

            first.cancel();

            assertThat(ended(first).state()).isEqualTo(RunState.CANCELLED);
            assertThat(servers.retention()).isEqualTo(DAYS_7);

            second.proceed();

            assertThat(second.await().state()).isEqualTo(RunState.SUCCEEDED);
            servers.assertAsBefore();
        }
    }

    /** It has found the retention high enough, and yet it is the last that knows what it was. */
    @Tag("long")
    @Test
    void oneThatHadNothingToRaiseRestoresWhatTheOtherHasLeftToIt() throws Exception {
        try (Three servers = new Three()) {
            ReplicationRun first = servers.start("one", Duration.ofDays(7));
            ReplicationRun second = servers.start("other", Duration.ofDays(6));
            first.proceed();
            first.await();
            assertThat(servers.retention()).isEqualTo(DAYS_7);

            second.cancel();

            assertThat(ended(second).state()).isEqualTo(RunState.CANCELLED);
            assertThat(ended(second).left()).isEmpty();
            servers.assertAsBefore();
        }
    }

    private static RunResult ended(ReplicationRun run) {
        return run.completion().toCompletableFuture().join();
    }

    /** A source, two replicas and a Sluice for each of these. */
    private static final class Three implements AutoCloseable {
        private final List<SharedServers.Loan> loans;
        private final Map<String, Sluice> sluices;

        Three() {
            loans = List.of(borrow(), borrow(), borrow());
            sluices = Map.of("one", sluice(), "other", sluice());
            source().execute(
                            "SET GLOBAL binlog_expire_logs_seconds = " + BEFORE,
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.t (id INT PRIMARY KEY)",
                            "INSERT INTO shop.t VALUES (1)");
        }

        private static SharedServers.Loan borrow() {
            return SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31, ServerOptions::gtid);
        }

        private Sluice sluice() {
            Map<String, String> passwords = Map.of(
                    "source", source().rootPassword(),
                    "one", server("one").rootPassword(),
                    "other", server("other").rootPassword());
            return Sluice.builder()
                    .journal(Journal.inMemory())
                    .engines(ExternalEngine.create())
                    .secrets(SecretResolver.withNamed(passwords::get))
                    .build();
        }

        private MySqlServer source() {
            return loans.get(0).server();
        }

        private MySqlServer server(String replica) {
            return loans.get(replica.equals("one") ? 1 : 2).server();
        }

        /** One that stands still before it catches up. */
        ReplicationRun start(String replica, Duration retention) {
            ExternalMySql from = TwoServers.endpoint(source(), "source");
            ReplicationPlan plan = ReplicationPlan.from(from)
                    .to(TwoServers.endpoint(server(replica), replica))
                    .replicationUser(replica.equals("one") ? "repl_one" : "repl_other")
                    .retainBinlogs(retention)
                    .retainWhileReplicating(Duration.ofDays(1))
                    .pauseBefore(GuideStep.CATCH_UP);
            Sluice sluice = sluices.get(replica);
            ReplicationRun run = sluice.start(sluice.compile(plan));
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> run.status().state() == RunState.PAUSED
                            || run.status().state().isFinal());
            assertThat(run.status().state()).isEqualTo(RunState.PAUSED);
            return run;
        }

        String retention() {
            return String.valueOf(source().query("SELECT @@GLOBAL.binlog_expire_logs_seconds")
                    .get(0)
                    .get(0));
        }

        void assertAsBefore() {
            assertThat(retention()).isEqualTo(BEFORE);
            assertThat(source().query("SELECT * FROM performance_schema.persisted_variables"
                            + " WHERE VARIABLE_NAME = 'binlog_expire_logs_seconds'"))
                    .isEmpty();
            assertThat(source().query("SELECT OBJECT_NAME FROM performance_schema.metadata_locks"
                            + " WHERE OBJECT_TYPE = 'USER LEVEL LOCK'"))
                    .isEmpty();
        }

        @Override
        public void close() {
            sluices.values().forEach(Sluice::close);
            loans.forEach(SharedServers.Loan::close);
        }
    }
}
