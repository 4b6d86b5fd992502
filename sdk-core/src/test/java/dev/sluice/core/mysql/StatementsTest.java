// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.api.operation.OperationSecret.REPLICATION_PASSWORD;
import static dev.sluice.api.operation.Slot.SNAPSHOT_COORDINATES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.MySqlGtidSet;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.Statement;
import dev.sluice.api.operation.Statement.CoordinatesHole.Field;
import dev.sluice.api.operation.Statement.IntervalHole;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.secret.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatementsTest {
    private static final Coordinates COORDINATES = new Coordinates(
            "3e11fa47-71ca-11e1-9e33-c80aa9429562",
            "",
            new BinlogPosition("it's.000001", 154),
            MySqlGtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5"),
            Instant.EPOCH,
            "test");

    private static String complete(Statement statement) {
        return Sql.complete(statement, secret -> "p'w\\", slot -> COORDINATES);
    }

    @Test
    void everyNameAndValueIsQuotedAndTheSecretIsAHole() {
        Statement statement = Sql.text("CREATE USER ")
                .account("o'neil", "%")
                .text(" IDENTIFIED BY ")
                .secret(REPLICATION_PASSWORD)
                .text(" COMMENT ")
                .literal("it's")
                .build();

        assertThat(statement.preview()).isEqualTo("CREATE USER 'o''neil'@'%' IDENTIFIED BY <secret> COMMENT 'it''s'");
        assertThat(statement).hasToString(statement.preview());
        assertThat(complete(statement)).isEqualTo("CREATE USER 'o''neil'@'%' IDENTIFIED BY 'p''w\\\\' COMMENT 'it''s'");
    }

    @Test
    void tablesAndNumbersNeedNoHoles() {
        Statement statement = Sql.text("SELECT ")
                .identifier("a`b")
                .text(" FROM ")
                .identifier(TableName.of("d", "t"))
                .text(" LIMIT ")
                .number(5)
                .build();

        assertThat(statement).isEqualTo(Statement.of("SELECT `a``b` FROM `d`.`t` LIMIT 5"));
    }

    @Test
    void theSnapshotsCoordinatesAreFilledInQuoted() {
        Statement statement = Sql.text("")
                .coordinates(SNAPSHOT_COORDINATES, Field.FILE)
                .text(" ")
                .coordinates(SNAPSHOT_COORDINATES, Field.POSITION)
                .text(" ")
                .coordinates(SNAPSHOT_COORDINATES, Field.GTID_SET)
                .build();

        assertThat(statement.needs()).containsExactly(SNAPSHOT_COORDINATES);
        assertThat(complete(statement)).isEqualTo("'it''s.000001' 154 '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5'");
    }

    @Test
    void aReplicaOf57IsPointedAtItsSourceInTheOldWords() {
        Statement statement = Dialect.of(ServerVersion.of(5, 7, 22))
                .changeSource("")
                .source(new ServerAddress("db1", 3306))
                .login("repl", REPLICATION_PASSWORD)
                .startAt(SNAPSHOT_COORDINATES)
                .plainText()
                .build();

        assertThat(statement.preview())
                .isEqualTo("CHANGE MASTER TO MASTER_HOST = 'db1', MASTER_PORT = 3306, MASTER_USER = 'repl',"
                        + " MASTER_PASSWORD = <secret>, MASTER_LOG_FILE = <coordinates of the snapshot: file>,"
                        + " MASTER_LOG_POS = <coordinates of the snapshot: position>, MASTER_AUTO_POSITION = 0,"
                        + " MASTER_SSL = 0 FOR CHANNEL ''");
    }

    @Test
    void aReplicaOf84IsPointedAtItsSourceInTheNewWords() {
        Statement statement = Dialect.of(ServerVersion.of(8, 4, 0))
                .changeSource("c1")
                .source(new ServerAddress("db1", 3306))
                .login("repl", REPLICATION_PASSWORD)
                .followGtids()
                .encryptAndVerify("/etc/ca.pem")
                .verifyHostName()
                .number("SOURCE_CONNECT_RETRY", 10)
                .build();

        assertThat(statement.preview())
                .isEqualTo("CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'db1', SOURCE_PORT = 3306,"
                        + " SOURCE_USER = 'repl', SOURCE_PASSWORD = <secret>, SOURCE_AUTO_POSITION = 1,"
                        + " SOURCE_SSL = 1, SOURCE_SSL_CA = '/etc/ca.pem', SOURCE_SSL_VERIFY_SERVER_CERT = 1,"
                        + " SOURCE_CONNECT_RETRY = 10 FOR CHANNEL 'c1'");
    }

    @Test
    void withoutTlsTheReplicaAsksForTheKeyWhereItsVersionCan() {
        assertThat(Dialect.of(ServerVersion.of(8, 0, 15))
                        .changeSource("")
                        .plainText()
                        .build()
                        .preview())
                .isEqualTo("CHANGE MASTER TO MASTER_SSL = 0, GET_MASTER_PUBLIC_KEY = 1 FOR CHANNEL ''");
    }

    @Test
    void oneStatementForEachIntervalOfASet() {
        Statement statement = Sql.text("CALL p(")
                .interval(SNAPSHOT_COORDINATES, IntervalHole.IntervalField.SERVER_UUID)
                .text(", ")
                .interval(SNAPSHOT_COORDINATES, IntervalHole.IntervalField.FIRST)
                .text(", ")
                .interval(SNAPSHOT_COORDINATES, IntervalHole.IntervalField.LAST)
                .text(")")
                .build();
        MySqlGtidSet gtids = MySqlGtidSet.parse(
                "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:9,4e11fa47-71ca-11e1-9e33-c80aa9429562:2-3");

        assertThat(statement.isForEachInterval()).isTrue();
        assertThat(statement.needs()).containsExactly(SNAPSHOT_COORDINATES);
        assertThat(Sql.forEachInterval(statement, gtids))
                .extracting(StatementsTest::complete)
                .containsExactly(
                        "CALL p('3e11fa47-71ca-11e1-9e33-c80aa9429562', 1, 5)",
                        "CALL p('3e11fa47-71ca-11e1-9e33-c80aa9429562', 9, 9)",
                        "CALL p('4e11fa47-71ca-11e1-9e33-c80aa9429562', 2, 3)");
        assertThatThrownBy(() -> Sql.forEachInterval(
                        statement, MySqlGtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:tag:1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsAreStrictJsonInsideALiteral() {
        Statement statement = Sql.text("CALL p(")
                .json(new TreeMap<>(Map.of("ssl_key", Secret.named("key"), "ssl_ca", Secret.named("ca"))))
                .text(")")
                .build();

        assertThat(statement.preview()).isEqualTo("CALL p(<JSON of secrets: ssl_ca, ssl_key>)");
        String filled = Sql.complete(
                statement,
                secret -> "",
                slot -> COORDINATES,
                secret -> secret.reference().equals("key") ? "a\nb'c" : "\"\\\u0001\t");
        assertThat(filled)
                .isEqualTo("CALL p('{\"ssl_ca\":\"\\\\\"\\\\\\\\\\\\u0001\\\\t\",\"ssl_key\":\"a\\\\nb''c\"}')");
    }
}
