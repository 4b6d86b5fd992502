// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.operation.Operation;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.spi.Look;
import dev.sluice.testing.MockContext;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replication that cannot start or go on is told with the code that fits what real servers say. */
@Timeout(120)
@Tag("long")
class ReplicationFailuresIT {
    private final EnableReplication step = new EnableReplication();

    private static RealPair pair(MySqlRelease release) {
        return new RealPair(release, source -> source.gtid(), replica -> replica.gtid());
    }

    private static ReplicationPlan plan(RealPair pair) {
        return pair.plan().allowReplicaBinlogReset();
    }

    private void start(RealPair pair, MockContext compiled) {
        Look look = pair.look(step, compiled);
        assertThat(look).isInstanceOf(Look.Missing.class);
        pair.perform(compiled, look);
    }

    private static void createUser(RealPair pair, ReplicationPlan plan) {
        CreateReplicationUser create = new CreateReplicationUser();
        MockContext compiled = pair.context(plan).at(create);
        pair.perform(compiled, pair.look(create, compiled));
    }

    private String codeOf(RealPair pair, MockContext compiled) {
        AtomicReference<@Nullable StepRefusedException> refused = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            refused.set(catchThrowableOfType(StepRefusedException.class, () -> pair.look(step, compiled)));
            return refused.get() != null;
        });
        return refused.get().code().id();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aLoginThatTheSourceRefuses(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            pair.takeSnapshot();
            MockContext compiled = pair.context(plan(pair)).at(step);

            start(pair, compiled);

            assertThat(codeOf(pair, compiled)).isEqualTo("EXT-212");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aLogThatTheSourceHasNoMore(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            ReplicationPlan plan = plan(pair).withBinlogPosition();
            createUser(pair, plan);
            pair.takeSnapshot();
            MockContext compiled = pair.context(plan).at(step);
            pair.source().execute("FLUSH BINARY LOGS");
            String last = pair.source().query("SHOW BINARY LOGS").stream()
                    .map(row -> row.text("Log_name"))
                    .reduce("", (before, after) -> after);
            pair.source().execute("PURGE BINARY LOGS TO '" + last + "'");

            start(pair, compiled);

            assertThat(codeOf(pair, compiled)).isEqualTo("EXT-214");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void transactionsThatTheSourceHasNoMore(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            ReplicationPlan plan = plan(pair).withGtid();
            pair.takeSnapshot();
            createUser(pair, plan);
            MockContext compiled = pair.context(plan).at(step);
            pair.source().execute("FLUSH BINARY LOGS");
            String last = pair.source().query("SHOW BINARY LOGS").stream()
                    .map(row -> row.text("Log_name"))
                    .reduce("", (before, after) -> after);
            pair.source().execute("PURGE BINARY LOGS TO '" + last + "'");

            start(pair, compiled);

            assertThat(codeOf(pair, compiled)).isEqualTo("EXT-214");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void equalServerIds(MySqlRelease release) {
        try (RealPair pair = new RealPair(
                release,
                source -> source.gtid().serverId(7),
                replica -> replica.gtid().serverId(7))) {
            ReplicationPlan plan = plan(pair);
            createUser(pair, plan);
            pair.takeSnapshot();
            MockContext compiled = pair.context(plan).at(step);

            start(pair, compiled);

            assertThat(codeOf(pair, compiled)).isEqualTo("EXT-216");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aChangeThatReachesOutsideTheCopy(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            ReplicationPlan plan = plan(pair);
            createUser(pair, plan);
            pair.source().execute("CREATE DATABASE shop");
            pair.takeSnapshot();
            MockContext compiled = pair.context(plan).at(step);
            start(pair, compiled);

            pair.source().execute("CREATE TABLE shop.t (id INT PRIMARY KEY)");

            assertThat(codeOf(pair, compiled)).isEqualTo("CORE-115");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void rowsThatDiffer(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            ReplicationPlan plan = plan(pair);
            createUser(pair, plan);
            for (var server : java.util.List.of(pair.source(), pair.replica())) {
                server.execute("CREATE DATABASE shop");
                server.execute("CREATE TABLE shop.t (id INT PRIMARY KEY)");
            }
            pair.replica().execute("INSERT INTO shop.t VALUES (1)");
            pair.takeSnapshot();
            MockContext compiled = pair.context(plan).at(step);
            start(pair, compiled);

            pair.source().execute("INSERT INTO shop.t VALUES (1)");

            assertThat(codeOf(pair, compiled)).isEqualTo("EXT-222");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_8_0_31"})
    void aSourceThatIsOutOfReachIsWaitedFor(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            pair.takeSnapshot();
            ReplicationPlan plan = ReplicationPlan.from(
                            RealPair.endpoint(pair.sourceServer()).reachableByReplicaAt("127.0.0.1", 1))
                    .to(RealPair.endpoint(pair.replicaServer()));
            MockContext compiled = pair.context(plan).at(step);

            start(pair, compiled);

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(pair.look(step, compiled))
                            .isInstanceOfSatisfying(
                                    Look.Unknown.class,
                                    unknown -> assertThat(unknown.evidence()).contains("2003")));
            pair.undoAll();
            assertThat(pair.look(step, compiled)).isInstanceOf(Look.Missing.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void noErrorAndNoEvidenceHoldsThePassword(MySqlRelease release) {
        try (RealPair pair = pair(release)) {
            pair.takeSnapshot();
            MockContext compiled = pair.context(plan(pair)).at(step);
            start(pair, compiled);
            codeOf(pair, compiled);

            StepRefusedException refused =
                    catchThrowableOfType(StepRefusedException.class, () -> pair.look(step, compiled));

            assertThat(refused.getMessage()).doesNotContain(RealPair.PASSWORD);
            assertThat(compiled.step().operations())
                    .extracting(Operation::preview)
                    .noneMatch(preview -> preview.toString().contains(RealPair.PASSWORD));
        }
    }
}
