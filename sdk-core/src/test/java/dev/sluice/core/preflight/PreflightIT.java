// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.preflight.Finding;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.spi.Check;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks' statements on real servers. */
@Timeout(180)
@Tag("long")
class PreflightIT {
    private static final String[] SHOP = {
        "CREATE DATABASE shop",
        "CREATE TABLE shop.orders (id INT PRIMARY KEY, n INT)",
        "INSERT INTO shop.orders VALUES (1, 1)"
    };

    private static Finding finding(PreflightReport report, String check) {
        assertThat(report.findings())
                .filteredOn(found -> found.check().equals(check))
                .hasSize(1);
        return report.findings().stream()
                .filter(found -> found.check().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private static String what(PreflightReport report, String check) {
        return finding(report, check).problem().what();
    }

    private static void assertAllMade(PreflightReport report) {
        assertThat(report.findings())
                .extracting(found -> found.problem().code())
                .doesNotContain(CheckCode.CHECK_FAILED, CheckCode.CHECK_LATE);
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_15", "MYSQL_8_0_31", "MYSQL_9"})
    void healthyServersPass(MySqlRelease release) {
        try (RealPair pair = RealPair.durable(release)) {
            pair.source().execute(SHOP);
            pair.replica().execute("CREATE DATABASE shop", "CREATE DATABASE `own data`");

            PreflightReport report = pair.preflight(plan -> plan.databases("shop"));

            assertThat(pair.refusals(plan -> plan.databases("shop"))).isEmpty();
            assertAllMade(report);
            assertThat(report.findings())
                    .filteredOn(found -> found.level() != Level.NOTE)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void whatIsWrongWithTheDataIsToldTogether(MySqlRelease release) {
        try (RealPair pair = RealPair.of(release)) {
            pair.source().execute(SHOP);
            pair.source()
                    .execute(
                            "CREATE DATABASE stock",
                            "CREATE TABLE stock.goods (id INT PRIMARY KEY)",
                            "CREATE TABLE shop.items (id INT PRIMARY KEY, good INT, CONSTRAINT across FOREIGN KEY (good)"
                                    + " REFERENCES stock.goods (id) ON DELETE CASCADE, CONSTRAINT inside FOREIGN KEY (id)"
                                    + " REFERENCES shop.orders (id))",
                            "CREATE TABLE shop.`it's log` (a INT, b INT UNIQUE)",
                            "CREATE TABLE shop.unique_key (a INT NOT NULL UNIQUE)",
                            "CREATE DATABASE `shop.old`",
                            "CREATE TABLE `shop.old`.t (id INT PRIMARY KEY)",
                            "CREATE EVENT shop.nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.orders",
                            "CREATE EVENT shop.never ON SCHEDULE EVERY 1 DAY DISABLE DO DELETE FROM shop.orders");
            pair.replica().execute("CREATE DATABASE shop", "CREATE PROCEDURE shop.p() SELECT 1");

            PreflightReport report =
                    pair.preflight(plan -> plan.databases("shop").tables(TableName.of("stock", "bads")));

            assertAllMade(report);
            assertThat(what(report, "foreign-keys-across-scope"))
                    .contains("1 foreign keys", "across from shop.items to stock.goods");
            assertThat(what(report, "no-primary-key")).contains("1 tables", "shop.it's log");
            assertThat(report.findings())
                    .filteredOn(found -> found.check().equals("filter-admits-too-much"))
                    .hasSize(2)
                    .allSatisfy(found -> assertThat(found.problem().what()).contains("`shop.old`"));
            assertThat(what(report, "enabled-events")).contains("1 events", "shop.nightly");
            assertThat(what(report, "replica-holds-data")).contains("`shop`", "1 routines such as `p`");
            assertThat(what(report, "table-unknown")).contains("`stock`.`bads`");
            assertThat(report.passed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void whatHoldsUpASnapshotIsTold(MySqlRelease release) throws SQLException {
        try (RealPair pair = RealPair.of(release);
                Connection transaction = pair.source().connect();
                Connection statement = pair.source().connect()) {
            pair.source().execute(SHOP);
            prepareXa(pair.source());
            transaction.setAutoCommit(false);
            run(transaction, "UPDATE shop.orders SET n = 2 WHERE id = 1");
            CompletableFuture<Void> running =
                    CompletableFuture.runAsync(() -> run(statement, "SELECT SLEEP(60) FROM shop.orders"));

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                PreflightReport report =
                        pair.preflight(plan -> plan.databases("shop").lockAtMost(Duration.ofSeconds(1)));
                assertAllMade(report);
                assertThat(what(report, "prepared-xa")).startsWith("1 XA transactions");
                assertThat(report.findings()).extracting(Finding::check).contains("long-transactions");
                assertThat(what(report, "long-statements")).doesNotContain("SLEEP");
            });
            List<String> ages =
                    pair.preflight(plan -> plan.databases("shop").lockAtMost(Duration.ofSeconds(1))).findings().stream()
                            .filter(found -> found.check().equals("long-transactions"))
                            .map(found -> found.problem().what().replaceAll(".* for (\\d+) s", "$1"))
                            .toList();
            assertThat(ages).isNotEmpty().allMatch(age -> Long.parseLong(age) < 120);

            pair.source().execute("XA ROLLBACK 'held'");
            statement.abort(Runnable::run);
            transaction.rollback();
            assertThat(running).failsWithin(Duration.ofSeconds(10));
        }
    }

    private static void prepareXa(MySqlServer server) throws SQLException {
        try (Connection connection = server.connect()) {
            run(connection, "XA START 'held'");
            run(connection, "INSERT INTO shop.orders VALUES (2, 2)");
            run(connection, "XA END 'held'");
            run(connection, "XA PREPARE 'held'");
        }
    }

    private static void run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void whatTheReplicasUserMayNotCreateIsTold(MySqlRelease release) {
        try (RealPair pair = RealPair.of(release)) {
            pair.source().execute(SHOP);
            pair.source()
                    .execute(
                            "CREATE VIEW shop.v AS SELECT * FROM shop.orders",
                            "CREATE FUNCTION shop.one() RETURNS INT DETERMINISTIC RETURN 1",
                            "CREATE TRIGGER shop.tr BEFORE INSERT ON shop.orders FOR EACH ROW SET NEW.n = 1");
            pair.replica()
                    .execute("CREATE USER 'loader'@'%' IDENTIFIED BY 'l0ader'", "GRANT SELECT ON *.* TO 'loader'@'%'");
            pair.replicaUser("loader", "l0ader");

            PreflightReport report = pair.preflight(plan -> plan.databases("shop"));

            assertAllMade(report);
            assertThat(what(report, "foreign-definers")).contains("'loader'@'%'", "root@localhost");
            assertThat(what(report, "creators-not-trusted")).contains("function shop.one", "trigger shop.tr");
            pair.replica()
                    .execute(
                            finding(report, "foreign-definers").problem().remedy(),
                            "SET GLOBAL log_bin_trust_function_creators = ON");
            if (release.isAtLeast(8, 0, 16)) {
                assertThat(what(report, "system-definers")).contains("'loader'@'%'", "root@localhost");
                pair.replica()
                        .execute(finding(report, "system-definers").problem().remedy());
            }
            assertThat(pair.preflight(plan -> plan.databases("shop")).errors()).isEmpty();
        }
    }

    @Test
    void definersThatDoNotExistNeedAPrivilegeOfTheirOwnFrom82On() throws SQLException {
        String create = "CREATE DEFINER = 'gone'@'%' VIEW shop.v AS SELECT 1 AS n";
        try (RealPair pair = RealPair.of(MySqlRelease.MYSQL_9)) {
            pair.source().execute(SHOP);
            pair.source().execute(create);
            pair.replica()
                    .execute(
                            "CREATE USER 'loader'@'%' IDENTIFIED BY 'l0ader'",
                            "GRANT ALL PRIVILEGES ON shop.* TO 'loader'@'%'",
                            "GRANT SELECT, REPLICATION CLIENT, SET_ANY_DEFINER ON *.* TO 'loader'@'%'");
            pair.replicaUser("loader", "l0ader");

            PreflightReport report = pair.preflight(plan -> plan.databases("shop"));

            assertAllMade(report);
            assertThat(report.errors())
                    .extracting(problem -> problem.code())
                    .containsExactly(CheckCode.DEFINERS_NOT_THERE);
            assertThat(what(report, "nonexistent-definers")).contains("'loader'@'%'", "gone@%");
            pair.replica().execute("CREATE DATABASE shop");
            try (Connection loader = pair.replica().connect("loader", "l0ader");
                    Statement statement = loader.createStatement()) {
                assertThatThrownBy(() -> statement.execute(create)).hasMessageContaining("ALLOW_NONEXISTENT_DEFINER");
            }
            pair.replica()
                    .execute(
                            "DROP DATABASE shop",
                            finding(report, "nonexistent-definers").problem().remedy());
            assertThat(pair.preflight(plan -> plan.databases("shop")).errors()).isEmpty();
            pair.replica().execute("CREATE DATABASE shop");
            try (Connection loader = pair.replica().connect("loader", "l0ader");
                    Statement statement = loader.createStatement()) {
                statement.execute(create);
            }
        }
    }

    @Test
    void superIsEnoughForDefinersOnNewServersToo() throws SQLException {
        try (RealPair pair = RealPair.of(MySqlRelease.MYSQL_9)) {
            pair.source().execute(SHOP);
            pair.source().execute("CREATE DEFINER = 'gone'@'%' VIEW shop.v AS SELECT 1 AS n");
            pair.replica()
                    .execute(
                            "CREATE USER 'loader'@'%' IDENTIFIED BY 'l0ader'",
                            "GRANT ALL PRIVILEGES ON shop.* TO 'loader'@'%'",
                            "GRANT SELECT, REPLICATION CLIENT, SUPER ON *.* TO 'loader'@'%'");
            pair.replicaUser("loader", "l0ader");

            assertThat(pair.preflight(plan -> plan.databases("shop")).errors()).isEmpty();

            pair.replica().execute("CREATE DATABASE shop");
            try (Connection loader = pair.replica().connect("loader", "l0ader");
                    Statement statement = loader.createStatement()) {
                statement.execute("CREATE DEFINER = 'gone'@'%' VIEW shop.v AS SELECT 1 AS n");
            }
            assertThat(pair.replica()
                            .query("SELECT DEFINER FROM information_schema.VIEWS WHERE TABLE_SCHEMA = 'shop'")
                            .toString())
                    .isEqualTo("[[gone@%]]");
        }
    }

    @Test
    void aFilterInTheOptionFileIsTold() {
        try (RealPair pair = RealPair.of(
                MySqlRelease.MYSQL_8_0_31,
                options -> options.setting("local_infile", "ON").setting("replicate-wild-do-table", "stock.%"))) {
            pair.source().execute(SHOP);
            pair.source().execute("CREATE DATABASE stock");

            assertThat(what(pair.preflight(plan -> plan.databases("shop")), "stored-filter"))
                    .contains("stock.%");
            assertThat(pair.preflight(plan -> plan.databases("stock")).findings())
                    .extracting(Finding::check)
                    .doesNotContain("stored-filter");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void aStartThatIsGoneIsTold(MySqlRelease release) {
        try (RealPair pair = RealPair.of(release)) {
            pair.source().execute(SHOP);
            Situation now = pair.situation(plan -> plan.databases("shop"));
            List<String> oldest =
                    pair.source().query("SHOW BINARY LOGS").get(0).stream().toList();
            Coordinates start = new Coordinates(
                    now.source().serverUuid(), "", new BinlogPosition(oldest.get(0), 4), null, Instant.EPOCH, "given");

            assertThat(pair.preflight(plan -> plan.databases("shop").startingFrom(start))
                            .errors())
                    .isEmpty();
            pair.source().execute("FLUSH BINARY LOGS", "FLUSH BINARY LOGS");
            String newest = pair.source().query("SHOW BINARY LOGS").stream()
                    .map(row -> row.get(0))
                    .reduce((first, last) -> last)
                    .orElseThrow();
            pair.source().execute("PURGE BINARY LOGS TO '" + newest + "'");

            assertThat(what(pair.preflight(plan -> plan.databases("shop").startingFrom(start)), "start-gone"))
                    .contains(oldest.get(0));
        }
    }

    @Test
    void aStatementThatDoesNotEndIsEndedOnTheServerToo() {
        try (RealPair pair = RealPair.of(MySqlRelease.MYSQL_8_0_31)) {
            pair.source().execute(SHOP);
            Situation situation = pair.situation(plan -> plan.databases("shop"));

            PreflightReport report = pair.preflight(situation, Duration.ofSeconds(5), new Sleeping());

            assertThat(report.findings())
                    .extracting(found -> found.problem().code())
                    .contains(CheckCode.CHECK_LATE);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    pair.source()
                                            .query(
                                                    "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP(600)%'"))
                            .isEmpty());
        }
    }

    private record Sleeping() implements Check {
        @Override
        public String id() {
            return "sleeping";
        }

        @Override
        public Level level() {
            return Level.ERROR;
        }

        @Override
        public ErrorCode code() {
            return CheckCode.CHECK_FAILED;
        }

        @Override
        public List<Finding> examine(LiveContext context) {
            context.sourceSession().query("SELECT SLEEP(600)");
            return List.of();
        }
    }
}
