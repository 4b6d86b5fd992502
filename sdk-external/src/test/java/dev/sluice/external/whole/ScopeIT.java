// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepException;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.plan.TableName;
import dev.sluice.testservers.MySqlRelease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One scope governs copy, stream and comparison. */
@Timeout(180)
class ScopeIT {
    @Test
    void newTablesInsideArriveAndChangesOutsideDoNotStopTheReplica() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            pair.source()
                    .execute(
                            "CREATE DATABASE `in_a%`",
                            "CREATE TABLE `in_a%`.t (id INT PRIMARY KEY)",
                            "INSERT INTO `in_a%`.t VALUES (1)",
                            "CREATE DATABASE `inXab`",
                            "CREATE TABLE `inXab`.t (id INT PRIMARY KEY)");
            ReplicationPlan plan = pair.plan().databases("in_a%");
            pair.run(plan);

            pair.source()
                    .execute(
                            "INSERT INTO `inXab`.t VALUES (1)",
                            "CREATE TABLE `inXab`.more (id INT PRIMARY KEY)",
                            "CREATE TABLE `in_a%`.`new one` (id INT PRIMARY KEY)",
                            "INSERT INTO `in_a%`.`new one` VALUES (7)");

            assertThat(pair.compare(plan).mismatches()).isZero();
            assertThat(pair.replica().query("SELECT * FROM `in_a%`.`new one`").toString())
                    .isEqualTo("[[7]]");
            assertThat(pair.replica()
                            .query("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'inXab'")
                            .toString())
                    .isEqualTo("[[0]]");
        }
    }

    @Test
    void singleTablesAndExclusions() throws Exception {
        try (Pair pair = Pair.position(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            pair.source()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.one (id INT PRIMARY KEY)",
                            "CREATE TABLE shop.two (id INT PRIMARY KEY)",
                            "CREATE DATABASE log",
                            "CREATE TABLE log.kept (id INT PRIMARY KEY)",
                            "CREATE TABLE log.left (id INT PRIMARY KEY)".replace("log.left", "log.`left`"));
            ReplicationPlan plan = pair.plan()
                    .databases("log")
                    .tables(TableName.of("shop", "one"))
                    .withoutTables(TableName.of("log", "left"));
            pair.run(plan);

            pair.source()
                    .execute(
                            "INSERT INTO shop.one VALUES (1)",
                            "INSERT INTO shop.two VALUES (1)",
                            "INSERT INTO log.kept VALUES (1)",
                            "INSERT INTO log.`left` VALUES (1)");

            assertThat(pair.compare(plan).mismatches()).isZero();
            assertThat(pair.replica()
                            .query("SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"
                                    + " WHERE TABLE_SCHEMA IN ('shop', 'log') ORDER BY 1, 2")
                            .toString())
                    .isEqualTo("[[log, kept], [shop, one]]");
        }
    }

    @Test
    void ddlAcrossTheBorderStopsWithACodeAndAReason() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            pair.source()
                    .execute(
                            "CREATE DATABASE inside",
                            "CREATE TABLE inside.t (id INT PRIMARY KEY)",
                            "CREATE DATABASE outside",
                            "CREATE TABLE outside.t (id INT PRIMARY KEY)");
            ReplicationPlan plan = pair.plan().databases("inside");
            pair.run(plan);

            pair.source().execute("CREATE TABLE inside.copy LIKE outside.t");

            assertThatThrownBy(() -> pair.compare(plan))
                    .isInstanceOf(StepException.class)
                    .hasMessageContaining("CORE-115")
                    .hasMessageContaining("outside");
        }
    }

    @Test
    void eventsThatWriteAndAccountStatementsDoNotBreakTheReplica() throws Exception {
        try (Pair pair = Pair.gtid(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31)) {
            pair.source()
                    .execute(
                            "CREATE DATABASE shop",
                            "CREATE TABLE shop.tick (id INT AUTO_INCREMENT PRIMARY KEY, at DATETIME(6))",
                            "CREATE EVENT shop.ticking ON SCHEDULE EVERY 1 SECOND DO INSERT INTO shop.tick (at) VALUES (NOW(6))",
                            "CREATE USER 'before'@'%' IDENTIFIED BY 'S0me-thing'");
            ReplicationPlan plan = pair.plan();
            pair.run(plan, event -> {
                if (event instanceof dev.sluice.api.run.RunEvent.LockReleased) {
                    pair.source()
                            .execute(
                                    "CREATE USER 'during'@'%' IDENTIFIED BY 'S0me-thing'",
                                    "GRANT SELECT ON shop.* TO 'during'@'%'",
                                    "ALTER USER 'before'@'%' IDENTIFIED BY 'An0ther-thing'",
                                    "DROP USER 'before'@'%'");
                }
            });
            pair.source().execute("DROP USER 'during'@'%'", "ALTER EVENT shop.ticking DISABLE");

            assertThat(pair.compare(plan).mismatches()).isZero();
            assertThat(pair.replica()
                            .query("SELECT STATUS FROM information_schema.EVENTS")
                            .toString())
                    .doesNotContain("ENABLED");
        }
    }
}
