// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.core.mysql.RealServers.connector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.operation.OperationSecret;
import dev.sluice.api.operation.Slot;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The toolkit's words between two real servers of each release. */
@Tag("long")
@Timeout(180)
class ReplicationIT {
    private static final List<String> DATABASES =
            List.of("a", "a.b", "x_y", "xzy", "p%q", "it's", "back\\slash", "tick`s", "out", "new\nline");
    private static final List<String> TABLES = List.of("t", "b.t", "skip_me", "skipxme");

    /** Two servers, a replication account on the source, and sessions. */
    private static final class Pair implements AutoCloseable {
        final SharedServers.Loan sourceLoan;
        final SharedServers.Loan replicaLoan;
        final MySqlSession source;
        final MySqlSession replica;
        final Dialect dialect;

        Pair(MySqlRelease release) {
            sourceLoan = RealServers.borrow(release);
            replicaLoan = RealServers.borrow(release);
            source = connector(sourceLoan.server()).build().open(SessionUse.CONTROL);
            replica = connector(replicaLoan.server()).build().open(SessionUse.CONTROL);
            dialect = Dialect.of(source.version());
            source.execute("CREATE USER 'repl'@'%' IDENTIFIED BY 'p''w'");
            source.execute("GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'repl'@'%'");
        }

        Coordinates coordinates() {
            return new CoordinatesReader(dialect, Clock.systemUTC()).read(source, "", "test");
        }

        ChangeSource changeSource() {
            MySqlServer server = sourceLoan.server();
            ChangeSource change = dialect.changeSource("")
                    .source(new ServerAddress(server.host(), server.port()))
                    .login("repl", OperationSecret.REPLICATION_PASSWORD)
                    .number("SOURCE_CONNECT_RETRY", 1);
            return server.release().supportsTls() ? change.encrypt() : change.plainText();
        }

        void run(Statement statement, Coordinates start) {
            replica.execute(Sql.complete(statement, secret -> "p'w", slot -> start));
        }

        ReplicaStatus status() {
            return ReplicaStatusReader.read(replica, dialect, "").orElseThrow();
        }

        void awaitApplied(Coordinates coordinates) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(status())
                            .matches(status -> status.hasApplied(coordinates), "has applied " + coordinates));
        }

        @Override
        public void close() {
            source.close();
            replica.close();
            sourceLoan.close();
            replicaLoan.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void aReplicaFollowsFromAPositionAndTellsWhatItHasApplied(MySqlRelease release) {
        try (Pair pair = new Pair(release)) {
            Coordinates start = pair.coordinates();
            pair.run(pair.changeSource().startAt(Slot.SNAPSHOT_COORDINATES).build(), start);
            assertThat(pair.status().health()).isEqualTo(ReplicaHealth.STOPPED);
            assertThat(pair.status().lag()).isEmpty();

            pair.source.execute("CREATE DATABASE later");
            Coordinates later = pair.coordinates();
            assertThat(pair.status().hasApplied(later.position())).isFalse();
            pair.run(Statement.of(pair.dialect.startReplica("")), start);
            pair.awaitApplied(later);

            ReplicaStatus status = pair.status();
            assertThat(status.source().autoPosition()).isFalse();
            assertThat(status.source().uuid()).isEqualTo(start.serverUuid());
            assertThat(status.source().tls()).isEqualTo(release.supportsTls());
            assertThat(status.health()).isEqualTo(ReplicaHealth.RUNNING);
            assertThat(status.lag()).isPresent();
            assertThat(pair.replica.queryValue(
                            pair.dialect.waitForPosition(later.position(), Duration.ofSeconds(5), "")))
                    .contains("0");
            pair.run(Statement.of(pair.dialect.stopReplica("")), start);
            pair.run(Statement.of(pair.dialect.resetReplica("")), start);
            assertThat(ReplicaStatusReader.read(pair.replica, pair.dialect, "")
                            .map(ReplicaStatus::source)
                            .map(ReplicaStatus.Source::host)
                            .orElse(""))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void failuresOfEitherHalfAreSeen(MySqlRelease release) {
        try (Pair pair = new Pair(release)) {
            Coordinates start = pair.coordinates();
            pair.run(pair.changeSource().followGtids().build(), start);
            pair.replica.execute("CREATE DATABASE clash");
            pair.source.execute("CREATE DATABASE clash");
            Coordinates later = pair.coordinates();

            pair.run(Statement.of(pair.dialect.startReplica("")), start);
            await().atMost(Duration.ofSeconds(60)).until(() -> pair.status().health() == ReplicaHealth.APPLIER_FAILED);
            assertThat(pair.status().hasApplied(later)).isFalse();
            assertThat(pair.status().reason()).contains("1007").doesNotContain("CREATE DATABASE");

            pair.run(Statement.of(pair.dialect.stopReplica("")), start);
            pair.replica.execute("DROP DATABASE clash");
            pair.source.execute("ALTER USER 'repl'@'%' IDENTIFIED BY 'other'");
            pair.run(Statement.of(pair.dialect.startReplica("")), start);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> pair.status().health() == ReplicaHealth.RECEIVER_RETRYING);
            assertThat(pair.status().receiver().error())
                    .hasValueSatisfying(error -> assertThat(error.number()).isEqualTo(1045));
            assertThat(pair.status().lag()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void theFilterDecidesAsTheServerDoes(MySqlRelease release) {
        Scope scope = new Scope(
                List.of("a", "x_y", "p%q", "it's", "back\\slash", "new\nline"),
                List.of(TableName.of("tick`s", "skip_me")),
                List.of(),
                List.of(
                        TableName.of("x_y", "skip_me"),
                        TableName.of("it's", "skip_me"),
                        TableName.of("new\nline", "skip_me")));
        ReplicationFilter filter = ReplicationFilter.of(scope);
        try (Pair pair = new Pair(release)) {
            Coordinates start = pair.coordinates();
            pair.run(filter.statement(), start);
            assertThat(ShownFilter.read(pair.replica, pair.dialect, "").map(filter::isShownAs))
                    .isEqualTo(pair.dialect.filtersByChannel() ? Optional.of(true) : Optional.empty());
            pair.run(pair.changeSource().followGtids().build(), start);
            assertThat(ShownFilter.read(pair.replica, pair.dialect, ""))
                    .hasValueSatisfying(shown -> assertThat(filter.isShownAs(shown))
                            .as(shown::toString)
                            .isTrue());
            DATABASES.stream()
                    .filter(database -> !filter.admitsDatabase(database))
                    .forEach(database -> pair.replica.execute("CREATE DATABASE " + Quote.identifier(database)));
            List<TableName> all = fill(pair.source);
            Coordinates later = pair.coordinates();

            pair.run(Statement.of(pair.dialect.startReplica("")), start);
            pair.awaitApplied(later);

            assertThat(tables(pair.replica))
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().filter(filter::admits).toList());
            assertThat(filter.misjudged(all)).contains(TableName.of("a.b", "t"));
            assertThat(filter.misjudgedDatabases(DATABASES)).containsExactly("a.b");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void withoutANameInTheScopeAllButTheSystemSchemasFollows(MySqlRelease release) {
        ReplicationFilter filter =
                ReplicationFilter.of(new Scope(List.of(), List.of(), List.of("out"), List.of(TableName.of("a", "t"))));
        try (Pair pair = new Pair(release)) {
            Coordinates start = pair.coordinates();
            pair.run(filter.statement(), start);
            pair.run(pair.changeSource().followGtids().build(), start);
            List<TableName> all = fill(pair.source);
            pair.source.execute("CREATE USER 'not_there'@'%' IDENTIFIED BY 'x'");
            pair.source.execute("GRANT SELECT ON *.* TO 'not_there'@'%'");
            pair.source.execute("DROP DATABASE `out`");
            Coordinates later = pair.coordinates();

            pair.run(Statement.of(pair.dialect.startReplica("")), start);
            pair.awaitApplied(later);

            assertThat(tables(pair.replica))
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().filter(filter::admits).toList());
            assertThat(pair.replica.query("SELECT 1 FROM mysql.user WHERE User = 'not_there'"))
                    .isEmpty();
            assertThat(filter.isShownAs(pair.status().filter())).isTrue();
        }
    }

    private static List<TableName> fill(MySqlSession source) {
        List<TableName> tables = new ArrayList<>();
        for (String database : DATABASES) {
            source.execute("CREATE DATABASE " + Quote.identifier(database));
            for (String name : TABLES) {
                TableName table = TableName.of(database, name);
                source.execute("CREATE TABLE " + Quote.identifier(table) + " (id INT PRIMARY KEY)");
                source.execute("INSERT INTO " + Quote.identifier(table) + " VALUES (1)");
                tables.add(table);
            }
        }
        return tables;
    }

    /** The tables that arrived with their row. */
    private static Set<TableName> tables(MySqlSession replica) {
        Set<TableName> tables = new TreeSet<>();
        replica.query("SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA"
                        + " NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')")
                .forEach(row -> tables.add(TableName.of(row.text("db"), row.text("name"))));
        tables.removeIf(table ->
                replica.query("SELECT id FROM " + Quote.identifier(table)).isEmpty());
        return tables;
    }
}
