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

    /** A table with these indexes, of which p and q are columns of points, p bound to a spatial reference system where there is such a thing. */
    private enum Indexed {
        ONLY_SPATIAL("SPATIAL KEY (p)"),
        SPATIAL_FIRST("SPATIAL KEY (p), KEY (n)"),
        SPATIAL_AND_FULLTEXT("FULLTEXT KEY (v), SPATIAL KEY (p)"),
        NOT_BOUND("SPATIAL KEY (q)"),
        NOT_BOUND_FIRST("SPATIAL KEY (q), KEY (n)"),
        SPATIAL_LATER("KEY (n), SPATIAL KEY (p)"),
        UNIQUE_WITH_NULL("SPATIAL KEY (p), UNIQUE KEY (id)"),
        UNIQUE("SPATIAL KEY (p), UNIQUE KEY (k)"),
        PRIMARY("SPATIAL KEY (p), PRIMARY KEY (k)"),
        NONE("KEY (n)");

        private final String keys;

        Indexed(String keys) {
            this.keys = keys;
        }

        String table() {
            return "odd." + name();
        }

        String create(MySqlRelease release) {
            String bound = release == MySqlRelease.MYSQL_5_7 ? "" : " SRID 0";
            return "CREATE TABLE " + table() + " (id INT, k INT NOT NULL, n INT, v VARCHAR(20), p GEOMETRY NOT NULL"
                    + bound + ", q GEOMETRY NOT NULL, " + keys + ")";
        }

        boolean stopsAReplica(MySqlRelease release) {
            return switch (this) {
                case ONLY_SPATIAL, SPATIAL_FIRST, SPATIAL_AND_FULLTEXT -> true;
                case NOT_BOUND, NOT_BOUND_FIRST -> release == MySqlRelease.MYSQL_5_7;
                case SPATIAL_LATER, UNIQUE_WITH_NULL, UNIQUE, PRIMARY, NONE -> false;
            };
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31", "MYSQL_9"})
    void theTablesAtWhichAReplicaStopsAreTold(MySqlRelease release) {
        try (RealPair pair = RealPair.withoutGtids(release)) {
            pair.source().execute("CREATE DATABASE odd");
            pair.replica().execute("CREATE DATABASE odd");
            for (Indexed table : Indexed.values()) {
                pair.source().execute(table.create(release));
                pair.replica().execute(table.create(release));
            }
            List<String> expected = Arrays.stream(Indexed.values())
                    .filter(table -> table.stopsAReplica(release))
                    .map(Indexed::table)
                    .toList();

            assertThat(told(pair)).isEqualTo(expected);

            makeAccount(pair.source());
            assertThat(Arrays.stream(Indexed.values())
                            .filter(table -> stopsAt(pair, table))
                            .map(Indexed::table)
                            .toList())
                    .isEqualTo(expected);
        }
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
                        "UPDATE " + table.table() + " SET p = POINT(k, k), q = POINT(k, k) WHERE k % 3 = 1",
                        "DELETE FROM " + table.table() + " WHERE k % 5 = 0");
        boolean stopped = outcome(pair, table) == Outcome.STOPPED;
        Dialect dialect = dialect(pair.replica());
        pair.replica().execute(dialect.stopReplica(""), dialect.resetReplica(""));
        return stopped;
    }

    private static String inserts(Indexed table) {
        return IntStream.range(0, 60)
                .mapToObj(i -> "(" + i + ", " + i + ", " + i % 7 + ", 'word', " + point(i) + ", " + point(i) + ")")
                .collect(Collectors.joining(", ", "INSERT INTO " + table.table() + " VALUES ", ""));
    }

    private static String point(int i) {
        return "POINT(" + (i + 1) + ", " + i * 7 % 60 + ")";
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
        String rows = "SELECT k, n, HEX(p), HEX(q) FROM " + table.table() + " ORDER BY k";
        return pair.replica().query(rows).equals(pair.source().query(rows)) ? Outcome.SAME : Outcome.GOING_ON;
    }
}
