// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.core.mysql.RealServers.connector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.operation.OperationSecret;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.testservers.MySqlRelease;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every statement of a dialect is understood by the server that it is for. */
@Timeout(120)
class DialectIT {
    /** Syntax error, unknown variable, unknown function, function without a default schema. */
    private static final Set<Integer> NOT_UNDERSTOOD = Set.of(1064, 1193, 1305, 1046, 1128);

    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final BinlogPosition POSITION = new BinlogPosition("bin.000001", 4);
    private static final MySqlGtidSet GTIDS = MySqlGtidSet.parse(UUID + ":1");

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void everyStatementIsUnderstood(MySqlRelease release) {
        try (var loan = RealServers.borrow(release);
                MySqlSession session = connector(loan.server()).build().open(SessionUse.CONTROL)) {
            assertThat(statements(Dialect.of(session.version()))).allSatisfy(statement -> {
                Throwable failure = catchThrowable(() -> session.execute(statement));

                assertThat(
                                failure == null
                                        ? null
                                        : SqlFailures.serverError(failure)
                                                .orElseThrow()
                                                .number())
                        .as(() -> statement + ": " + failure)
                        .isNotIn(NOT_UNDERSTOOD);
            });
        }
    }

    private static List<String> statements(Dialect dialect) {
        String changeSource = Sql.complete(
                dialect.changeSource("")
                        .source(new ServerAddress("127.0.0.1", 1))
                        .login("u", OperationSecret.REPLICATION_PASSWORD)
                        .plainText()
                        .encryptAndVerify("/no/ca.pem")
                        .number("SOURCE_CONNECT_RETRY", 10)
                        .build(),
                secret -> "p'w",
                slot -> {
                    throw new IllegalStateException("not used");
                });
        return Stream.of(
                        dialect.showReplicaStatus(),
                        dialect.showReplicas(),
                        dialect.showBinlogStatus(),
                        changeSource,
                        dialect.startReplica(""),
                        dialect.stopReplica(""),
                        dialect.start(ReplicationThread.RECEIVER, ""),
                        dialect.start(ReplicationThread.APPLIER, ""),
                        dialect.stop(ReplicationThread.RECEIVER, ""),
                        dialect.stop(ReplicationThread.APPLIER, ""),
                        dialect.startApplierUntil(POSITION, ""),
                        dialect.stopReplica(""),
                        dialect.startApplierUntilAfter(GTIDS, ""),
                        dialect.stopReplica(""),
                        dialect.waitForPosition(POSITION, Duration.ofSeconds(1), ""),
                        dialect.waitForGtids(GTIDS, Duration.ofSeconds(1)),
                        filter().statement().preview(),
                        dialect.filtersByChannel()
                                ? filter().statementForChannel("").preview()
                                : "SELECT 1",
                        ReplicationFilter.removal().preview(),
                        dialect.resetReplica(""),
                        "SELECT @@GLOBAL." + dialect.binlogRetention().variable(),
                        "SELECT @@GLOBAL." + dialect.variable("replica_parallel_workers"),
                        "SELECT @@GLOBAL." + dialect.variable("log_replica_updates"),
                        "SELECT @@GLOBAL." + dialect.variable("replica_net_timeout"),
                        "SELECT @@GLOBAL." + dialect.variable("sql_replica_skip_counter"),
                        dialect.setGlobal(dialect.variable("replica_net_timeout"), "61"),
                        dialect.setGlobal(dialect.binlogRetention().variable(), "7"),
                        dialect.canStayStoppedAfterRestart()
                                ? "SET PERSIST_ONLY " + dialect.stayStoppedVariable() + " = ON"
                                : "SELECT 1",
                        dialect.resetBinlogsAndGtids())
                .toList();
    }

    private static ReplicationFilter filter() {
        return ReplicationFilter.of(new Scope(
                List.of("it's", "back\\slash", "a_b%c"),
                List.of(TableName.of("d`d", "t")),
                List.of(),
                List.of(TableName.of("it's", "x`y"))));
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15"})
    void beforeReplicationStaysStoppedByAVariableThereIsNone(MySqlRelease release) {
        try (MySqlSession session =
                connector(RealServers.common(release)).build().open(SessionUse.CONTROL)) {
            assertThat(Dialect.of(session.version()).canStayStoppedAfterRestart())
                    .isFalse();
            assertThat(session.query("SHOW VARIABLES LIKE 'skip\\_%\\_start'")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void coordinatesAreReadWithFilePositionAndGtids(MySqlRelease release) {
        try (MySqlSession session =
                connector(RealServers.common(release)).build().open(SessionUse.CONTROL)) {
            CoordinatesReader reader =
                    new CoordinatesReader(Dialect.of(session.version()), java.time.Clock.systemUTC());

            var coordinates = reader.read(session, "", "test");

            assertThat(session.queryValue("SELECT @@server_uuid")).contains(coordinates.serverUuid());
            assertThat(session.query("SHOW BINARY LOGS"))
                    .anyMatch(row ->
                            row.text("Log_name").equals(coordinates.position().file()));
            assertThat(coordinates.gtids()).isPresent();
        }
    }
}
