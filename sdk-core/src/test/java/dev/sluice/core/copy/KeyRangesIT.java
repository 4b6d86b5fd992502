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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in small units: every row arrives once, wherever in the range of its key it is. */
@Timeout(120)
class KeyRangesIT {
    private static final SharedServers SERVERS = SharedServers.ofThisJvm();
    private static final long UNIT = 16_384;

    @ParameterizedTest
    @ValueSource(strings = {"5.7", "8.0", "9"})
    void rangesHoldEachRowOnce(String version) {
        try (Loan source = SERVERS.borrow(MySqlRelease.named(version));
                Loan replica = SERVERS.borrow(MySqlRelease.named(version))) {
            fill(source.server());
            try (Copies copies = Copies.of(source.server())) {
                assertThat(units(copies, "dense")).hasSizeGreaterThan(20);
                assertThat(units(copies, "skewed")).hasSizeGreaterThan(10);
                assertThat(units(copies, "composite")).hasSizeGreaterThan(5);
                assertThat(units(copies, "parted")).hasSize(6);
                assertThat(units(copies, "words")).hasSize(1);

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

    private static List<RowUnit> units(Copies copies, String table) {
        MySqlSession session = copies.snapshot().readers().get(0);
        TableDefinition definition = copies.catalog().tables().stream()
                .filter(each -> each.name().equals(TableName.of("app", table)))
                .findFirst()
                .orElseThrow();
        return new UnitPlanner(copies.snapshot(), session, UNIT).units(List.of(new TableCopy(definition)));
    }

    private static void fill(MySqlServer server) {
        server.execute(
                "CREATE DATABASE app",
                "CREATE TABLE app.dense (id INT AUTO_INCREMENT PRIMARY KEY, v CHAR(100) NOT NULL DEFAULT 'x')",
                "INSERT INTO app.dense (v) VALUES ('a'), ('b'), ('c'), ('d')");
        for (int i = 0; i < 11; i++) {
            server.execute("INSERT INTO app.dense (v) SELECT UUID() FROM app.dense");
        }
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
                "CREATE TABLE app.parted (id INT, v CHAR(100), PRIMARY KEY (id)) PARTITION BY RANGE (id)"
                        + " SUBPARTITION BY HASH (id) SUBPARTITIONS 2 (PARTITION low VALUES LESS THAN (1000),"
                        + " PARTITION `mid dle` VALUES LESS THAN (2000), PARTITION high VALUES LESS THAN MAXVALUE)",
                "INSERT INTO app.parted SELECT id, v FROM app.dense",
                "CREATE TABLE app.unkeyed (id INT, v CHAR(100))",
                "INSERT INTO app.unkeyed SELECT id, v FROM app.dense",
                "ANALYZE TABLE app.dense, app.skewed, app.negative, app.composite, app.alike, app.words, app.parted, app.unkeyed");
    }
}
