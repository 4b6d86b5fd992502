// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.error.RunStoppedException;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On servers of somebody's, the demo leaves nothing behind, whatever its end is. */
@Timeout(120)
class GivenServersIT {
    private static final List<String> TRACES = List.of(
            "SHOW DATABASES",
            "SELECT User, Host FROM mysql.user ORDER BY 1, 2",
            "SHOW GLOBAL VARIABLES LIKE '%expire_logs%'",
            "SHOW GLOBAL VARIABLES LIKE '%read_only'",
            "SHOW REPLICA STATUS",
            "SELECT FILTER_NAME, FILTER_RULE FROM performance_schema.replication_applier_global_filters WHERE FILTER_RULE <> ''",
            "SELECT VARIABLE_NAME FROM performance_schema.persisted_variables WHERE VARIABLE_NAME LIKE 'skip%'");

    @Test
    void aSuccessLeavesNothing() throws Exception {
        try (Loan source = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31);
                Loan replica = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31)) {
            source.server().execute("SET GLOBAL binlog_expire_logs_seconds = 7200");
            List<?> before = traces(source, replica);

            assertThat(demo(source, replica, plan -> plan)).contains("DEMO OK");

            assertThat(traces(source, replica)).isEqualTo(before);
        }
    }

    @Test
    void aFailureLeavesNothing() throws Exception {
        try (Loan source = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31);
                Loan replica = SharedServers.ofThisJvm().borrow(MySqlRelease.MYSQL_8_0_31)) {
            List<?> before = traces(source, replica);

            assertThatThrownBy(
                            () -> demo(source, replica, plan -> plan.deadline(GuideStep.VERIFY, Duration.ofMillis(1))))
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("CORE-612");

            assertThat(traces(source, replica)).isEqualTo(before);
        }
    }

    private static List<?> traces(Loan source, Loan replica) {
        return TRACES.stream()
                .flatMap(query ->
                        List.of(source.server().query(query), replica.server().query(query)).stream())
                .toList();
    }

    private static String demo(Loan source, Loan replica, UnaryOperator<ReplicationPlan> more) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            new Demo(
                            new Given(
                                    new OwnServers(
                                            OwnServer.plain(source.server(), "source"),
                                            OwnServer.plain(replica.server(), "replica")),
                                    more),
                            2_000,
                            Demo.Follow.POSITION,
                            out,
                            null,
                            false)
                    .run();
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Servers that the demo takes for somebody's. */
    private record Given(OwnServers servers, UnaryOperator<ReplicationPlan> more) implements DemoServers {
        @Override
        public SourceEndpoint source() {
            return servers.source();
        }

        @Override
        public ReplicaEndpoint replica() {
            return servers.replica();
        }

        @Override
        public SecretResolver secrets() {
            return servers.secrets();
        }

        @Override
        public ReplicationPlan adapt(ReplicationPlan plan) {
            return more.apply(GivenServers.scoped(servers.adapt(plan)));
        }

        @Override
        public boolean areOurs() {
            return false;
        }

        @Override
        public boolean takeAwkwardData() {
            return false;
        }

        @Override
        public Connection connectToSource() throws SQLException {
            return servers.connectToSource();
        }

        @Override
        public Connection connectToReplica() throws SQLException {
            return servers.connectToReplica();
        }

        @Override
        public void close() {}
    }
}
