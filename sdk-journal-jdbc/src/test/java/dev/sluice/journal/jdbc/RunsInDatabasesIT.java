// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RecordedRun.Condition;
import dev.sluice.api.run.ReplicationRun;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunState;
import dev.sluice.core.Sluice;
import dev.sluice.testing.MockEngine;
import dev.sluice.testing.MockFailure;
import dev.sluice.testing.MockMySql;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs whose journal is in a database: another process resumes them there, and takes them back. */
@Timeout(120)
class RunsInDatabasesIT {
    private final MockEngine engine = MockEngine.create();
    private final ReplicationPlan plan = ReplicationPlan.from(MockMySql.named("db1"))
            .to(MockMySql.named("db2"))
            .until(GuideStep.ENABLE_REPLICATION);

    @Test
    void ofMySql() throws Exception {
        assumeThat(MySqlRelease.MYSQL_8_0_31.availability()).isEmpty();
        try (SharedServers.Loan loan = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31)) {
            areResumedAndTakenBack(mysql(loan.server()));
        }
    }

    private static DataSource mysql(MySqlServer server) throws SQLException {
        server.execute("CREATE DATABASE journals");
        MysqlDataSource source = new MysqlDataSource();
        source.setUrl(server.jdbcUrl().replace("/?", "/journals?"));
        source.setUser(server.rootUser());
        source.setPassword(server.rootPassword());
        return source;
    }

    @Test
    void ofPostgreSql() throws Exception {
        Optional<PostgresServer> server = PostgresServer.start();
        assumeThat(server).as("PostgreSQL's programs, and a user for them").isPresent();
        try (PostgresServer postgres = server.get()) {
            areResumedAndTakenBack(postgres.source());
        }
    }

    private void areResumedAndTakenBack(DataSource source) throws InterruptedException {
        RunId first = failed(source);
        RunId second = failed(source);
        try (Sluice sluice = sluice(source)) {
            assertThat(sluice.runs())
                    .hasSize(2)
                    .allSatisfy(known -> assertThat(known.condition()).isEqualTo(Condition.FAILED));
            assertThatThrownBy(() -> sluice.abandon(first)).hasMessageContaining("CORE-629");

            assertThat(sluice.abandon(second).state()).isEqualTo(RunState.ABANDONED);
            assertThat(sluice.abandon(first).left()).isEmpty();
            assertThat(engine.undone()).contains(GuideStep.CREATE_REPLICATION_USER);
        }
        RunId third = failed(source);
        try (Sluice sluice = sluice(source)) {
            assertThat(sluice.resume(third, plan).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(engine.performed()).endsWith(GuideStep.ENABLE_REPLICATION);
        try (Sluice sluice = sluice(source)) {
            assertThat(sluice.runs())
                    .allSatisfy(known -> assertThat(known.condition()).isEqualTo(Condition.ENDED));
            assertThatThrownBy(() -> sluice.resume(third)).hasMessageContaining("CORE-658");
        }
    }

    private RunId failed(DataSource source) {
        engine.on(GuideStep.ENABLE_REPLICATION).failsOnce(MockFailure.refused());
        try (Sluice sluice = sluice(source)) {
            ReplicationRun run = sluice.start(sluice.compile(plan));
            assertThat(run.completion().toCompletableFuture().join().state()).isEqualTo(RunState.FAILED);
            return run.id();
        }
    }

    private Sluice sluice(DataSource source) {
        return Sluice.builder().engines(engine).journal(JdbcJournal.in(source)).build();
    }
}
