// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.TableDefinition;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.SharedServers;
import dev.sluice.testservers.SharedServers.Loan;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in small units: every row arrives once, wherever in the range of its key it is. */
@Tag("long")
@Timeout(120)
class KeyRangesIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();
    private static final long UNIT = 16_384;

    /** Tables named for the kind of their key. */
    private static final List<String> OTHERS = List.of(
            "words",
            "names",
            "numbered",
            "latin",
            "wide",
            "unalike",
            "uuids",
            "bytes",
            "decimals",
            "days",
            "moments",
            "stamps",
            "times",
            "tenants");

    @ParameterizedTest
    @ValueSource(strings = {"5.7", "8.0", "9"})
    void rangesHoldEachRowOnce(String version) {
        try (Loan source = SERVERS.borrow(MySqlRelease.named(version));
                Loan replica = SERVERS.borrow(MySqlRelease.named(version))) {
            fill(source.server());
            fillUncounted(source.server());
            try (Copies copies = Copies.of(source.server())) {
                assertThat(units(copies, "dense")).hasSizeGreaterThan(20);
                assertThat(units(copies, "skewed")).hasSizeGreaterThan(10);
                assertThat(units(copies, "composite")).hasSizeGreaterThan(5);
                assertThat(partitions(units(copies, "parted", UNIT))).hasSize(6);
                assertThat(units(copies, "parted", UNIT))
                        .as("large partitions are divided as well")
                        .hasSizeGreaterThan(20);
                assertThat(units(copies, "shards", 16 * UNIT))
                        .as("small partitions are read together")
                        .hasSizeBetween(4, 16)
                        .allMatch(unit -> unit.part().contains(", "));
                assertThat(units(copies, "alike")).hasSizeGreaterThan(20);
                for (String other : OTHERS) {
                    assertThat(units(copies, other)).as(other).hasSizeGreaterThan(10);
                }
                assertThat(units(copies, "floating")).hasSize(1);
                for (String uncounted : List.of("uncounted", "uncounted_parts")) {
                    assertThat(units(copies, uncounted))
                            .as("statistics that were never recalculated are not believed")
                            .hasSizeGreaterThan(20);
                }

                copies.to(replica.server(), Copies.REQUEST.withUnitsOf(UNIT), new Copies.Heard(), new Cancellation());
            }
            for (TableDefinition table :
                    Copies.catalog(source.server(), Scope.EVERYTHING).tables()) {
                String rows = "SELECT * FROM " + table.name() + " ORDER BY 1, 2";
                assertThat(replica.server().query(rows))
                        .isEqualTo(source.server().query(rows));
            }
        }
    }

    private static Set<String> partitions(List<RowUnit> units) {
        return units.stream()
                .map(unit -> unit.part().substring(0, unit.part().indexOf(')')))
                .collect(Collectors.toSet());
    }

    private static List<RowUnit> units(Copies copies, String table) {
        return units(copies, table, UNIT);
    }

    private static List<RowUnit> units(Copies copies, String table, long unitBytes) {
        MySqlSession session = copies.snapshot().readers().get(0);
        TableDefinition definition = copies.catalog().tables().stream()
                .filter(each -> each.name().equals(TableName.of("app", table)))
                .findFirst()
                .orElseThrow();
        return new UnitPlanner(copies.snapshot(), session, unitBytes, new Cancellation())
                .units(new TableCopy(definition));
    }

    private static void fillPartitioned(MySqlServer server) {
        server.execute(
                "CREATE TABLE app.parted (id INT, v CHAR(100), PRIMARY KEY (id)) PARTITION BY RANGE (id)"
                        + " SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION low VALUES LESS THAN (1000),"
                        + " PARTITION `mid dle` VALUES LESS THAN (2000), PARTITION high VALUES LESS THAN MAXVALUE)",
                "INSERT INTO app.parted SELECT id, v FROM app.dense",
                "CREATE TABLE app.shards (id INT, v CHAR(100), PRIMARY KEY (id)) PARTITION BY HASH (id) PARTITIONS 64",
                "INSERT INTO app.shards SELECT id, v FROM app.dense");
    }

    private static void fillUncounted(MySqlServer server) {
        server.execute(
                "CREATE TABLE app.uncounted (id INT PRIMARY KEY, v CHAR(100)) STATS_AUTO_RECALC = 0",
                "INSERT INTO app.uncounted SELECT id, v FROM app.dense",
                "CREATE TABLE app.uncounted_parts (id INT PRIMARY KEY, v CHAR(100)) STATS_AUTO_RECALC = 0"
                        + " PARTITION BY HASH (id) PARTITIONS 2",
                "INSERT INTO app.uncounted_parts SELECT id, v FROM app.dense");
    }

    private static void fill(MySqlServer server) {
        server.execute(
                "CREATE DATABASE app",
                "CREATE TABLE app.dense (id INT AUTO_INCREMENT PRIMARY KEY, v CHAR(100) NOT NULL DEFAULT 'x')",
                "INSERT INTO app.dense (v) VALUES ('a'), ('b'), ('c'), ('d')");
        for (int i = 0; i < 11; i++) {
            server.execute("INSERT INTO app.dense (v) SELECT UUID() FROM app.dense");
        }
        fillPartitioned(server);
        server.execute(
                "CREATE TABLE app.skewed (id BIGINT UNSIGNED PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.skewed SELECT id + IF(id % 3 = 0, 18446744073709500000, id % 5 * 1000000000), v FROM app.dense",
                "INSERT INTO app.skewed VALUES (0, 'least'), (18446744073709551615, 'most')",
                "CREATE TABLE app.negative (id BIGINT PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.negative SELECT (id - 4000) * 1000003, v FROM app.dense",
                "INSERT INTO app.negative VALUES (-9223372036854775808, 'least'), (9223372036854775807, 'most')",
                "CREATE TABLE app.composite (a SMALLINT, b INT, v CHAR(100), PRIMARY KEY (a, b))",
                "INSERT INTO app.composite SELECT id % 40, id, v FROM app.dense",
                "CREATE TABLE app.alike (a TINYINT, b INT, v CHAR(100), PRIMARY KEY (a, b))",
                "INSERT INTO app.alike SELECT 7, id, v FROM app.dense",
                "CREATE TABLE app.words (w VARCHAR(40) PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.words SELECT LEFT(SHA2(id, 256), 40), v FROM app.dense",
                "CREATE TABLE app.unkeyed (id INT, v CHAR(100))",
                "INSERT INTO app.unkeyed SELECT id, v FROM app.dense",
                "CREATE TABLE app.names (k VARCHAR(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci, n INT, v CHAR(100), PRIMARY KEY (k, n))",
                "INSERT INTO app.names SELECT CONCAT(CHAR(65 + id % 26 + id % 2 * 32 USING utf8mb4), ELT(1 + id % 4, 'é', '', ' x', '水'), CONVERT(LEFT(v, 5) USING utf8mb4)), id, v FROM app.dense",
                "CREATE TABLE app.numbered (k VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.numbered SELECT CONCAT('ord''er\\\\-', LPAD(id, 8, '0')), v FROM app.dense",
                "CREATE TABLE app.latin (k CHAR(12) CHARACTER SET latin1 COLLATE latin1_swedish_ci PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.latin SELECT LEFT(SHA2(id, 224), 12), v FROM app.dense",
                "CREATE TABLE app.wide (k CHAR(12) CHARACTER SET ucs2 PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.wide SELECT LEFT(SHA2(id, 224), 12), v FROM app.dense",
                "CREATE TABLE app.unalike (k CHAR(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_czech_ci PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.unalike SELECT CONCAT(ELT(1 + id % 3, 'ch', 'c', 'h'), LEFT(SHA2(id, 224), 10)), v FROM app.dense",
                "CREATE TABLE app.uuids (k BINARY(16) PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.uuids SELECT UNHEX(LEFT(SHA2(id, 224), 32)), v FROM app.dense",
                "CREATE TABLE app.bytes (k VARBINARY(6) PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.bytes SELECT LEFT(CONCAT(UNHEX('FF00'), UNHEX(LPAD(HEX(id), 6, '0'))), 3 + IF(id < 256, 2, 3)), v FROM app.dense",
                "CREATE TABLE app.decimals (k DECIMAL(40, 10) PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.decimals SELECT (id - 4000) * 12345678901.2345678901, v FROM app.dense",
                "CREATE TABLE app.days (k DATE, n INT, v CHAR(100), PRIMARY KEY (k, n))",
                "INSERT INTO app.days SELECT DATE('2020-02-27') + INTERVAL id % 400 DAY, id, v FROM app.dense",
                "INSERT INTO app.days VALUES ('1000-01-01', 1, 'least'), ('9999-12-31', 1, 'most')",
                "CREATE TABLE app.moments (k DATETIME(6) PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.moments SELECT TIMESTAMP('2024-02-28 23:59:50') + INTERVAL id * 1000001 MICROSECOND, v FROM app.dense",
                "CREATE TABLE app.stamps (k TIMESTAMP(3), n INT, v CHAR(100), PRIMARY KEY (k, n))",
                "INSERT INTO app.stamps SELECT TIMESTAMP('2024-10-27 00:00:00') + INTERVAL id SECOND, id, v FROM app.dense",
                "CREATE TABLE app.times (k TIME(1), n INT, v CHAR(100), PRIMARY KEY (k, n))",
                "INSERT INTO app.times SELECT SEC_TO_TIME((id % 2000 - 1000) * 3.5), id, v FROM app.dense",
                "CREATE TABLE app.tenants (t VARCHAR(36), d DATE, n BIGINT UNSIGNED, v CHAR(100), PRIMARY KEY (t, d, n))",
                "INSERT INTO app.tenants SELECT ELT(1 + (id % 50 = 0), 'ten''ant', 'other'), '2024-01-01', id, v FROM app.dense",
                "CREATE TABLE app.floating (k DOUBLE PRIMARY KEY, v CHAR(100))",
                "INSERT INTO app.floating SELECT id / 7, v FROM app.dense",
                "ANALYZE TABLE app." + String.join(", app.", OTHERS) + ", app.floating",
                "ANALYZE TABLE app.dense, app.skewed, app.negative, app.composite, app.alike, app.words, app.parted, app.shards, app.unkeyed");
    }
}
