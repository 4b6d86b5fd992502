// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.preflight.Finding;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check tells those tables at which a real replica stops, and no others. */
@Timeout(180)
@Tag("long")
class SpatialKeyIT {
    private static final String ACCOUNT = "'follower'@'127.0.0.1'";

    /** A table with these indexes. */
    private enum Indexed {
        ONLY_SPATIAL(true, "SPATIAL KEY (p)"),
        SPATIAL_FIRST(true, "SPATIAL KEY (p), KEY (n)"),
        SPATIAL_AND_FULLTEXT(true, "FULLTEXT KEY (v), SPATIAL KEY (p)"),
        SPATIAL_LATER(false, "KEY (n), SPATIAL KEY (p)"),
        UNIQUE_WITH_NULL(false, "SPATIAL KEY (p), UNIQUE KEY (id)"),
        UNIQUE(false, "SPATIAL KEY (p), UNIQUE KEY (k)"),
        PRIMARY(false, "SPATIAL KEY (p), PRIMARY KEY (k)"),
        NONE(false, "KEY (n)");

        private final boolean stops;
        private final String keys;

        Indexed(boolean stops, String keys) {
            this.stops = stops;
            this.keys = keys;
        }

        String table() {
            return "odd." + name();
        }

        String create() {
            return "CREATE TABLE " + table() + " (id INT, k INT NOT NULL, n INT, v VARCHAR(20), p GEOMETRY NOT NULL, "
                    + keys + ")";
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void theTablesAtWhichAReplicaStopsAreTold(MySqlRelease release) {
        try (RealPair pair = RealPair.withoutGtids(release)) {
            pair.source().execute("CREATE DATABASE odd");
            pair.replica().execute("CREATE DATABASE odd");
            for (Indexed table : Indexed.values()) {
                pair.source().execute(table.create());
                pair.replica().execute(table.create());
            }

            assertThat(told(pair)).isEqualTo(whereItStops());

            makeAccount(pair.source());
            assertThat(Arrays.stream(Indexed.values())
                            .filter(table -> stopsAt(pair, table))
                            .map(Indexed::table)
                            .toList())
                    .isEqualTo(whereItStops());
        }
    }

    private static List<String> whereItStops() {
        return Arrays.stream(Indexed.values())
                .filter(table -> table.stops)
                .map(Indexed::table)
                .toList();
    }

    private static List<String> told(RealPair pair) {
        String evidence = pair.preflight(plan -> plan.databases("odd")).findings().stream()
                .filter(finding -> finding.check().equals("found-by-spatial-key"))
                .map(Finding::evidence)
                .collect(Collectors.joining());
        return Arrays.stream(Indexed.values())
                .map(Indexed::table)
                .filter(table -> Arrays.asList(evidence.split("[ ,]+")).contains(table))
                .toList();
    }

    private static void makeAccount(MySqlServer source) {
        source.execute(
                "CREATE USER " + ACCOUNT + " IDENTIFIED BY 'follower-password'",
                "GRANT REPLICATION SLAVE ON *.* TO " + ACCOUNT);
    }

    /** From where the source is now, so that one table has nothing to do with the next. */
    private static boolean stopsAt(RealPair pair, Indexed table) {
        follow(pair);
        pair.source().execute(inserts(table));
        assertThat(outcome(pair, table)).isEqualTo(Outcome.SAME);
        pair.source()
                .execute(
                        "UPDATE " + table.table() + " SET n = n + 1 WHERE k % 3 = 0",
                        "UPDATE " + table.table() + " SET p = POINT(k, k) WHERE k % 3 = 1",
                        "DELETE FROM " + table.table() + " WHERE k % 5 = 0");
        boolean stopped = outcome(pair, table) == Outcome.STOPPED;
        pair.replica().execute(dialect(pair.replica()).stopReplica(""));
        return stopped;
    }

    private static String[] inserts(Indexed table) {
        return IntStream.range(0, 60)
                .mapToObj(i -> "INSERT INTO " + table.table() + " VALUES (" + i + ", " + i + ", " + i % 7 + ", 'word', "
                        + shape(i) + ")")
                .toArray(String[]::new);
    }

    private static String shape(int i) {
        return i % 2 == 0
                ? "POINT(" + i % 4 + ", " + i % 3 + ")"
                : "LINESTRING(POINT(" + i % 5 + ", 0), POINT(" + i + ", " + i % 3 + "))";
    }

    private static void follow(RealPair pair) {
        Dialect dialect = dialect(pair.replica());
        List<String> end =
                pair.source().query(dialect(pair.source()).showBinlogStatus()).get(0);
        String options = "MASTER_HOST = '127.0.0.1', MASTER_PORT = "
                + pair.source().port()
                + ", MASTER_USER = 'follower', MASTER_PASSWORD = 'follower-password', MASTER_LOG_FILE = '" + end.get(0)
                + "', MASTER_LOG_POS = " + end.get(1)
                + (dialect.asksForPublicKey() ? ", GET_MASTER_PUBLIC_KEY = 1" : "");
        pair.replica()
                .execute(
                        dialect.version().isAtLeast(8, 0, 23)
                                ? "CHANGE REPLICATION SOURCE TO " + options.replace("MASTER", "SOURCE")
                                : "CHANGE MASTER TO " + options,
                        dialect.startReplica(""));
    }

    private static Dialect dialect(MySqlServer server) {
        return Dialect.of(ServerVersion.parse(
                String.valueOf(server.query("SELECT VERSION()").get(0).get(0))));
    }

    private enum Outcome {
        GOING_ON,
        SAME,
        STOPPED
    }

    private static Outcome outcome(RealPair pair, Indexed table) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> now(pair, table), outcome -> outcome != Outcome.GOING_ON);
    }

    private static Outcome now(RealPair pair, Indexed table) {
        boolean failed = pair
                .replica()
                .query("SELECT 1 FROM performance_schema.replication_applier_status_by_worker"
                        + " WHERE LAST_ERROR_NUMBER = 1032")
                .stream()
                .findAny()
                .isPresent();
        if (failed) {
            return Outcome.STOPPED;
        }
        String rows = "SELECT k, n, HEX(p) FROM " + table.table() + " ORDER BY k";
        return pair.replica().query(rows).equals(pair.source().query(rows)) ? Outcome.SAME : Outcome.GOING_ON;
    }
}
