// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.plan.EndPlan;
import dev.sluice.api.plan.Positioning;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.run.RunState;
import dev.sluice.api.secret.SecretResolver;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.core.Sluice;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.rds.RdsEngine;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs between kinds of servers, each as a source and as a replica, by position and by GTID, and their end. */
@Timeout(300)
class ManagedPairsIT {
    private final ManagedServers servers = new ManagedServers();

    @AfterEach
    void close() {
        servers.close();
    }

    /** Each kind as a source, and Aurora as a replica of each other kind; {@link ExternalAndRdsIT} has the other two. */
    static Stream<Arguments> eachKind() {
        return Stream.of(
                Arguments.of(List.of(ManagedServers.Kind.EXTERNAL, ManagedServers.Kind.AURORA), true),
                Arguments.of(List.of(ManagedServers.Kind.AURORA, ManagedServers.Kind.EXTERNAL), false),
                Arguments.of(List.of(ManagedServers.Kind.RDS, ManagedServers.Kind.AURORA), true));
    }

    static Stream<Arguments> otherPairs() {
        return Stream.of(
                Arguments.of(List.of(ManagedServers.Kind.RDS, ManagedServers.Kind.RDS), false),
                Arguments.of(List.of(ManagedServers.Kind.AURORA, ManagedServers.Kind.RDS), false));
    }

    /** Every pair once, by GTID or by position. */
    static Stream<Arguments> eachPair() {
        return Stream.concat(eachKind(), otherPairs());
    }

    @ParameterizedTest
    @MethodSource("eachKind")
    void follows(List<ManagedServers.Kind> pair, boolean gtid) throws InterruptedException {
        replicateAndEnd(pair, gtid);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("otherPairs")
    void otherPairsFollowAsWell(List<ManagedServers.Kind> pair, boolean gtid) throws InterruptedException {
        replicateAndEnd(pair, gtid);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("eachPair")
    void followsInTheOtherWay(List<ManagedServers.Kind> pair, boolean gtid) throws InterruptedException {
        replicateAndEnd(pair, !gtid);
    }

    @Test
    void aFilterThatAnEarlierPlanHasLeftIsRefusedBeforeAnythingIsCopied() {
        ManagedServers.Member source = servers.member(ManagedServers.Kind.EXTERNAL, "source", false);
        ManagedServers.Member replica = servers.member(ManagedServers.Kind.RDS, "replica", false);
        fill(source.server());
        replica.server().execute("CHANGE REPLICATION FILTER REPLICATE_WILD_DO_TABLE = ('earlier.%')");
        ReplicationPlan plan = source.to(replica)
                .replicationUserHost("%")
                .retainBinlogs(Duration.ofHours(144))
                .withBinlogPosition();
        try (Sluice sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(ExternalEngine.create(), RdsEngine.create())
                .secrets(SecretResolver.withNamed(servers::password))
                .build()) {
            assertThatThrownBy(() -> sluice.start(sluice.compile(plan)).await())
                    .hasMessageContaining("earlier.%")
                    .hasMessageContaining("replicate-*");
        }
        assertThat(replica.server().query("SHOW DATABASES LIKE 'shop'")).isEmpty();
    }

    private void replicateAndEnd(List<ManagedServers.Kind> pair, boolean gtid) throws InterruptedException {
        ManagedServers.Member source = servers.member(pair.get(0), "source", gtid);
        ManagedServers.Member replica = servers.member(pair.get(1), "replica", gtid);
        fill(source.server());
        ReplicationPlan plan = source.to(replica).replicationUserHost("%").retainBinlogs(Duration.ofHours(144));
        plan = gtid ? plan.withGtid() : plan.withBinlogPosition();
        try (Sluice sluice = Sluice.builder()
                .journal(Journal.inMemory())
                .engines(ExternalEngine.create(), RdsEngine.create(), AuroraEngine.create())
                .secrets(SecretResolver.withNamed(servers::password))
                .build()) {
            RunResult result = sluice.start(sluice.compile(plan)).await();

            assertThat(result.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(result.verification())
                    .hasValueSatisfying(report -> assertThat(report.isClean()).isTrue());
            follows(source.server(), replica.server());
            assertThat(isAutoPositioned(replica.server())).isEqualTo(plan.positioning() == Positioning.GTID);
            assertThat(isEncrypted(replica.server())).isTrue();
            assertThat(sluice.start(sluice.compile(plan)).await().changedSomething())
                    .isFalse();

            EndPlan end = EndPlan.of(plan.replica()).source(plan.source()).dropReplicationUser("sluice_repl", "%");
            assertThat(sluice.start(sluice.compile(end)).await().state()).isEqualTo(RunState.SUCCEEDED);
        }
        assertThat(replica.server().query("SELECT 1 FROM performance_schema.replication_connection_configuration"))
                .isEmpty();
        assertThat(source.server().query("SELECT 1 FROM mysql.user WHERE User = 'sluice_repl'"))
                .isEmpty();
    }

    private static void fill(MySqlServer source) {
        source.execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.item (id INT PRIMARY KEY, name VARCHAR(50))",
                "INSERT INTO shop.item VALUES (1, 'a'), (2, 'b'), (3, NULL)");
    }

    private static void follows(MySqlServer source, MySqlServer replica) {
        source.execute("INSERT INTO shop.item VALUES (4, 'late')");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> "4".equals(value(replica, "SELECT COUNT(*) FROM shop.item")));
    }

    private static boolean isAutoPositioned(MySqlServer replica) {
        return "1"
                .equals(value(
                        replica, "SELECT AUTO_POSITION FROM performance_schema.replication_connection_configuration"));
    }

    private static boolean isEncrypted(MySqlServer replica) {
        return "YES"
                .equals(value(
                        replica, "SELECT SSL_ALLOWED FROM performance_schema.replication_connection_configuration"));
    }

    private static String value(MySqlServer server, String query) {
        return String.valueOf(server.query(query).get(0).get(0));
    }
}
