// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static dev.sluice.external.whole.WatchedPair.OFTEN;
import static dev.sluice.external.whole.WatchedPair.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.api.run.Figure;
import dev.sluice.api.run.LagRange;
import dev.sluice.api.run.Monitor;
import dev.sluice.api.run.MonitorSettings;
import dev.sluice.api.run.ReplicationHealth;
import dev.sluice.api.run.ReplicationLag;
import dev.sluice.api.run.ReplicationState;
import dev.sluice.core.mysql.ReplicationThread;
import dev.sluice.external.whole.WatchedPair.Heartbeats;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Figures of the lag against what is known to be true, on real servers. */
@Timeout(240)
class MonitorLagIT {
    private static final Duration PLANTED = Duration.ofSeconds(20);

    @Tag("long")
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void aPlantedDelayIsMeasured(MySqlRelease release) throws InterruptedException {
        try (WatchedPair watched = new WatchedPair(Pair.gtid(release, release), Heartbeats.ALLOWED)) {
            watched.change("SOURCE_DELAY", Long.toString(PLANTED.toSeconds()));
            try (TrueLag truth = TrueLag.of(watched);
                    Monitor monitor =
                            watched.monitor(MonitorSettings.every(OFTEN).withHeartbeatEvery(OFTEN))) {
                Thread.sleep(PLANTED.plusSeconds(5).toMillis());
                List<ReplicationState> seen = samples(monitor, 50);
                List<Double> beats = estimates(seen, ReplicationLag::byHeartbeat);
                List<Double> server = seconds(seen.stream()
                        .map(state -> state.lag().byServer().orElseThrow())
                        .toList());
                List<DoubleSummaryStatistics> actual =
                        seen.stream().map(state -> truth.around(state.at())).toList();
                tell(
                        "planted 20 s on {}: heartbeat {} s, positions {} s, server {} s; rows arrive after {} to {} s",
                        release.version(),
                        range(beats),
                        range(estimates(seen, ReplicationLag::byPosition)),
                        range(server),
                        truth.delays().getMin(),
                        truth.delays().getMax());

                // Servers let changes go by whole seconds: what was planted is known to a second or two only.
                assertThat(truth.delays().getMin()).isGreaterThan(PLANTED.toSeconds() - 1.1);
                assertThat(truth.delays().getMax()).isLessThan(PLANTED.toSeconds() + 2.5);
                for (int i = 0; i < seen.size(); i++) {
                    assertWithin(1, beats.get(i), actual.get(i));
                    assertWithin(2, server.get(i), actual.get(i));
                }
                assertThat(average(beats))
                        .isCloseTo(
                                average(actual.stream()
                                        .map(DoubleSummaryStatistics::getAverage)
                                        .toList()),
                                within(0.3));
                assertThat(seen).extracting(ReplicationState::health).containsOnly(ReplicationHealth.DELAYED);
            }
        }
    }

    private static void assertWithin(double most, double figure, DoubleSummaryStatistics truth) {
        assertThat(figure).isBetween(truth.getMin() - most, truth.getMax() + most);
    }

    private static List<Double> estimates(
            List<ReplicationState> seen, Function<ReplicationLag, Optional<LagRange>> figure) {
        return seconds(seen.stream()
                .map(state -> figure.apply(state.lag()).orElseThrow().estimate())
                .toList());
    }

    private static double average(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static List<ReplicationState> samples(Monitor monitor, int count) throws InterruptedException {
        List<ReplicationState> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thread.sleep(OFTEN.toMillis());
            seen.add(monitor.latest().orElseThrow());
        }
        return seen;
    }

    private static List<Double> seconds(List<Duration> times) {
        return times.stream().map(time -> time.toMillis() / 1000.0).toList();
    }

    private static String range(List<Double> values) {
        return values.stream().min(Double::compare).orElseThrow() + " to "
                + values.stream().max(Double::compare).orElseThrow();
    }

    /** In the ordinary case it is far below a second, without clocks that agree. */
    @Test
    void aReplicaInTimeIsKnownToWithinTheBeatAndTheLook() throws InterruptedException {
        try (WatchedPair watched =
                new WatchedPair(Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31), Heartbeats.ALLOWED)) {
            MonitorSettings settings = MonitorSettings.every(OFTEN).withHeartbeatEvery(OFTEN);
            try (Monitor monitor = watched.monitor(settings)) {
                Awaitility.await()
                        .until(() -> monitor.latest()
                                .flatMap(state -> state.lag().byHeartbeat())
                                .flatMap(LagRange::atMost)
                                .isPresent());
                List<Double> lags = seconds(samples(monitor, 20).stream()
                        .map(state -> state.lag().byHeartbeat().orElseThrow().estimate())
                        .toList());

                tell("in time: heartbeat {} s", range(lags));
                assertThat(lags).allSatisfy(lag -> assertThat(lag).isLessThan(0.9));
                assertThat(watched.replica()
                                .query("SELECT COUNT(*) FROM sluice_heartbeat.beat")
                                .get(0)
                                .get(0))
                        .isEqualTo("1");
            }
            watched.live().awaitApplied(watched.live().sourceNow(), Duration.ofSeconds(20));
            assertThat(watched.replica()
                            .query("SELECT COUNT(*) FROM sluice_heartbeat.beat")
                            .get(0)
                            .get(0))
                    .isEqualTo("0");
        }
    }

    /** What is missing is counted over several files of the source's log, and what other channels do is told apart. */
    @Test
    void transactionsAndBytesAreCountedOverAllFiles() throws InterruptedException {
        try (WatchedPair watched =
                new WatchedPair(Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31), Heartbeats.NONE)) {
            watched.live().awaitApplied(watched.live().sourceNow(), Duration.ofSeconds(20));
            watched.stop(ReplicationThread.APPLIER);
            long before = end(watched);
            String first = file(watched);
            watched.replica()
                    .execute(
                            "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = 1 FOR CHANNEL 'other'");
            for (int i = 0; i < 3; i++) {
                watched.source()
                        .execute(
                                "INSERT INTO shop.t (v) VALUES (REPEAT('x', 10000))",
                                "INSERT INTO shop.t (v) VALUES ('y')",
                                "FLUSH BINARY LOGS");
            }
            watched.source().execute("INSERT INTO shop.t (v) VALUES ('z')");
            long bytes = sizesFrom(watched, first) - before;
            try (Monitor monitor = watched.monitor(MonitorSettings.every(OFTEN))) {
                await(monitor, ReplicationHealth.APPLIER_STOPPED);
                Awaitility.await()
                        .until(() -> monitor.latest()
                                .orElseThrow()
                                .lag()
                                .bytesToFetch()
                                .equals(Figure.of(0)));
                ReplicationState state = monitor.latest().orElseThrow();
                tell(
                        "missing: {} transactions, {} bytes",
                        state.lag().transactions(),
                        state.lag().bytes());

                assertThat(state.lag().transactions()).isEqualTo(Figure.of(7));
                assertThat(state.lag().bytes()).isEqualTo(Figure.of(bytes));
                assertThat(state.lag().byServer()).isEmpty();
                assertThat(monitor.channels())
                        .extracting(ReplicationState::channel)
                        .containsExactly("", "other");
                assertThat(monitor.channels().get(1).health()).isEqualTo(ReplicationHealth.STOPPED);
                assertThat(monitor.channels().get(1).lag().bytes().value()).isEmpty();
            }
        }
    }

    private static String file(WatchedPair watched) {
        return Objects.requireNonNull(
                watched.source().query("SHOW MASTER STATUS").get(0).get(0));
    }

    private static long end(WatchedPair watched) {
        return Long.parseLong(Objects.requireNonNull(
                watched.source().query("SHOW MASTER STATUS").get(0).get(1)));
    }

    private static long sizesFrom(WatchedPair watched, String first) {
        List<List<String>> logs = new ArrayList<>();
        watched.source()
                .query("SHOW BINARY LOGS")
                .forEach(row -> logs.add(row.stream().map(String::valueOf).toList()));
        int from = IntStream.range(0, logs.size())
                .filter(i -> logs.get(i).get(0).equals(first))
                .findFirst()
                .orElseThrow();
        return logs.subList(from, logs.size()).stream()
                .mapToLong(row -> Long.parseLong(row.get(1)))
                .sum();
    }

    /** For who wants to see the figures. */
    private static void tell(String text, Object... values) {
        System.out.println(String.format(text.replace("{}", "%s"), values));
    }
}
