// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.verify.RepairStatement;
import dev.sluice.api.verify.RowDifference;
import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.TableComparison.Result;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testservers.MySqlRelease;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever differs is found, each kind by itself. */
@Tag("long")
class DifferencesIT {
    static final String DATABASE = "planted";

    /** A difference between rows, made on the replica, with what the report says of it. */
    enum RowChange {
        ROW_MISSING("DELETE FROM r WHERE id = 1", "r", "id = 1 is missing on the replica"),
        ROW_EXTRA("INSERT INTO r (id) VALUES (99)", "r", "id = 99 is on the replica only"),
        ONE_BYTE("UPDATE r SET bl = INSERT(bl, 299999, 1, 'x') WHERE id = 2", "r", "id = 2 differs in bl"),
        NULL_FOR_EMPTY("UPDATE r SET v = NULL WHERE id = 2", "r", "id = 2 differs in v"),
        EMPTY_FOR_NULL("UPDATE r SET v = '' WHERE id = 3", "r", "id = 3 differs in v"),
        TRAILING_SPACE("UPDATE r SET v = 'text ' WHERE id = 1", "r", "id = 1 differs in v"),
        LETTER_CASE("UPDATE r SET v = 'Text' WHERE id = 1", "r", "id = 1 differs in v"),
        ACCENT("UPDATE r SET v = 'téxt' WHERE id = 1", "r", "id = 1 differs in v"),
        TRAILING_ZERO_BYTE("UPDATE r SET vb = X'0100' WHERE id = 1", "r", "id = 1 differs in vb"),
        TIME_SHIFTED("UPDATE r SET ts = ts + INTERVAL 2 HOUR WHERE id = 1", "r", "id = 1 differs in ts"),
        MICROSECOND("UPDATE r SET dt = dt + INTERVAL 1 MICROSECOND WHERE id = 1", "r", "id = 1 differs in dt"),
        ZERO_DATE_FOR_NULL("UPDATE r SET da = '0000-00-00' WHERE id = 3", "r", "id = 3 differs in da"),
        LAST_DIGIT_OF_FLOAT("UPDATE r SET f = 0.10000001 WHERE id = 1", "r", "id = 1 differs in f"),
        LAST_DIGIT_OF_DOUBLE("UPDATE r SET db = 0.10000000000000002 WHERE id = 1", "r", "id = 1 differs in db"),
        SIGN_OF_ZERO("UPDATE r SET db = -0.0e0 WHERE id = 2", "r", "id = 2 differs in db"),
        LAST_DIGIT_OF_DECIMAL("UPDATE r SET de = de + 0.0000000001 WHERE id = 1", "r", "id = 1 differs in de"),
        BIGINT_BY_ONE("UPDATE r SET bu = 18446744073709551614 WHERE id = 1", "r", "id = 1 differs in bu"),
        JSON_VALUE("UPDATE r SET j = JSON_SET(j, '$.a[1]', 1.51) WHERE id = 1", "r", "id = 1 differs in j"),
        JSON_NUMBER_AS_TEXT("UPDATE r SET j = JSON_SET(j, '$.a[1]', '1.5') WHERE id = 1", "r", "id = 1 differs in j"),
        JSON_NULL_FOR_NULL("UPDATE r SET j = 'null' WHERE id = 3", "r", "id = 3 differs in j"),
        ONE_BIT("UPDATE r SET b = b'101' WHERE id = 1", "r", "id = 1 differs in b"),
        LAST_DIGIT_OF_POINT("UPDATE r SET g = POINT(1, 2.0000000000000004) WHERE id = 1", "r", "id = 1 differs in g"),
        GEOMETRY_SYSTEM(
                "UPDATE r SET g = ST_GeomFromText('POINT(1 2)', 4326) WHERE id = 1", "r", "id = 1 differs in g"),
        ENUM_MEMBER("UPDATE r SET e = 'b' WHERE id = 1", "r", "id = 1 differs in e"),
        ENUM_ERROR_FOR_EMPTY("UPDATE r SET e = 0 WHERE id = 2", "r", "id = 2 differs in e"),
        SET_MEMBER("UPDATE r SET s = 'x' WHERE id = 1", "r", "id = 1 differs in s"),
        SEPARATOR_MOVED("UPDATE r SET v = 'a', w = '#b' WHERE id = 4", "r", "id = 4 differs in v, w"),
        SWAPPED("UPDATE r SET n = IF(id = 1, 2, 1) WHERE id IN (1, 2)", "r", "id = 1 differs in n"),
        KEY_CASE("UPDATE names SET name = 'A' WHERE name = 'a'", "names", "name = 'a' is missing on the replica"),
        TWINS_IN_KEYLESS(
                "INSERT INTO keyless VALUES (1, 'x'), (1, 'x')", "keyless", "is there 2 times on the source and 4"),
        NULL_IN_KEYLESS("UPDATE keyless SET b = '' WHERE b IS NULL", "keyless", "is there 1 times on the source and 0"),
        NO_ROWS_AT_ALL("DELETE FROM names", "names", "is missing on the replica");

        final String change;
        final String table;
        final String told;

        RowChange(String change, String table, String told) {
            this.change = change;
            this.table = table;
            this.told = told;
        }
    }

    static List<String> rows() {
        return List.of(
                "SET SESSION sql_mode = '', SESSION time_zone = '+00:00', NAMES utf8mb4 COLLATE utf8mb4_general_ci",
                "DROP DATABASE IF EXISTS " + DATABASE,
                "CREATE DATABASE " + DATABASE + " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
                "USE " + DATABASE,
                "CREATE TABLE r (id INT PRIMARY KEY, n INT, v VARCHAR(20), w VARCHAR(20), bl LONGBLOB, vb VARBINARY(10), ts TIMESTAMP NULL,"
                        + " dt DATETIME(6), da DATE, f FLOAT, db DOUBLE, de DECIMAL(30,10), bu BIGINT UNSIGNED, j JSON, b BIT(3),"
                        + " g GEOMETRY, e ENUM('','a','b'), s SET('x','y'))",
                "INSERT INTO r VALUES (1, 1, 'text', 'w', 'bl', X'01', '2024-01-02 03:04:05', '2024-01-02 03:04:05.123456',"
                        + " '2024-01-02', 0.1, 0.1, 12345678901234567890.1234567890, 18446744073709551615,"
                        + " '{\"a\": [1, 1.5, \"x\"]}', b'100', POINT(1, 2), 'a', 'x,y')",
                "INSERT INTO r (id, n, v, bl, db, e) VALUES (2, 2, '', REPEAT('b', 300000), 0, ''), (3, 3, NULL, '', NULL, NULL)",
                "INSERT INTO r (id, v, w) VALUES (4, 'a#', 'b')",
                "CREATE TABLE names (name VARCHAR(20) PRIMARY KEY, n INT)",
                "INSERT INTO names VALUES ('a', 1), ('b', 2)",
                "CREATE TABLE keyless (a INT, b VARCHAR(10))",
                "INSERT INTO keyless VALUES (1, 'x'), (1, 'x'), (2, NULL)");
    }

    /** Each difference has tables of its own, so that one comparison shows which of them were found. */
    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void differencesBetweenRowsAreFound(MySqlRelease source) {
        Pair pair = Pair.of(source, MySqlRelease.MYSQL_8_0_31);
        pair.execute(rows());
        for (RowChange difference : RowChange.values()) {
            List<String> copy = List.of(
                    "SET SESSION sql_mode = '', SESSION time_zone = '+00:00', NAMES utf8mb4",
                    "USE " + DATABASE,
                    "CREATE TABLE " + difference + " LIKE " + difference.table,
                    "INSERT INTO " + difference + " SELECT * FROM " + difference.table);
            pair.execute(copy);
            pair.replica()
                    .execute(
                            copy.get(0),
                            copy.get(1),
                            difference.change.replaceFirst(
                                    "(UPDATE|FROM|INTO) " + difference.table, "$1 " + difference));
        }

        VerificationReport report = pair.compare(DATABASE);

        assertThat(report.structure()).isEmpty();
        assertThat(report.tables()).hasSize(RowChange.values().length + 3);
        assertThat(List.of("r", "names", "keyless"))
                .allSatisfy(
                        same -> assertThat(Pair.table(report, same).result()).isEqualTo(Result.EQUAL));
        assertThat(RowChange.values()).allSatisfy(difference -> {
            TableComparison table = Pair.table(report, difference.name());
            assertThat(table.result()).isEqualTo(Result.DIFFERENT);
            assertThat(table.differences()).anySatisfy(line -> assertThat(line).contains(difference.told));
        });
        repairsMakeEqual(pair, report);
    }

    /** Nobody runs them but this test. */
    private static void repairsMakeEqual(Pair pair, VerificationReport report) {
        List<RowDifference> without = report.tables().stream()
                .flatMap(table -> table.rows().stream())
                .filter(row -> row.repair().isEmpty())
                .toList();
        assertThat(without).hasSize(1).allSatisfy(row -> {
            assertThat(row.what()).isEqualTo("the row with id = 2 differs in bl");
            assertThat(row.whyNoRepair()).contains("64 KiB");
        });
        assertThat(report.repairs().toString()).doesNotContain("text", "w'", "bl'", "12345678901234567890");
        pair.replica()
                .execute(report.repairs().stream().map(RepairStatement::sql).toArray(String[]::new));

        VerificationReport repaired = pair.compare(DATABASE);

        assertThat(repaired.structure()).isEmpty();
        assertThat(repaired.tables())
                .filteredOn(table -> table.result() != Result.EQUAL)
                .extracting(table -> table.table().table())
                .containsExactly("ONE_BYTE");
    }

    @Test
    void repairLeavesARowAloneThatHasChangedSince() {
        Pair pair = Pair.of(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        pair.execute(List.of(
                "DROP DATABASE IF EXISTS " + DATABASE,
                "CREATE DATABASE " + DATABASE,
                "CREATE TABLE planted.t (id INT PRIMARY KEY, v VARCHAR(20))",
                "INSERT INTO planted.t VALUES (1, 'a'), (2, 'b')"));
        pair.replica().execute("UPDATE planted.t SET v = 'x' WHERE id = 1", "INSERT INTO planted.t VALUES (3, 'c')");
        VerificationReport report = pair.compare(DATABASE);
        pair.replica()
                .execute("UPDATE planted.t SET v = 'y' WHERE id = 1", "UPDATE planted.t SET v = 'd' WHERE id = 3");

        pair.replica()
                .execute(report.repairs().stream().map(RepairStatement::sql).toArray(String[]::new));

        assertThat(report.repairs()).hasSize(3);
        assertThat(pair.replica().query("SELECT GROUP_CONCAT(v ORDER BY id) FROM planted.t"))
                .containsExactly(List.of("y,b,d"));
    }

    @Test
    void noRepairIsOfferedWhereATriggerWouldFire() {
        Pair pair = Pair.of(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        pair.execute(List.of(
                "DROP DATABASE IF EXISTS " + DATABASE,
                "CREATE DATABASE " + DATABASE,
                "CREATE TABLE planted.t (id INT PRIMARY KEY, v VARCHAR(20))",
                "CREATE TRIGGER planted.tr BEFORE INSERT ON planted.t FOR EACH ROW SET NEW.v = 'z'",
                "INSERT INTO planted.t VALUES (1, 'a')"));
        pair.replica().execute("DELETE FROM planted.t");

        VerificationReport report = pair.compare(DATABASE);

        assertThat(report.repairs()).isEmpty();
        assertThat(Pair.table(report, "t").rows())
                .singleElement()
                .satisfies(row -> assertThat(row.whyNoRepair()).contains("triggers"));
    }

    /** A difference between definitions, made on the replica, with what the report says of it. */
    enum StructureDifference {
        TABLE_MISSING("DROP TABLE c", "table planted.c is missing on the replica"),
        TABLE_EXTRA("CREATE TABLE more (id INT)", "table planted.more is on the replica only"),
        COLUMN_MISSING("ALTER TABLE t DROP COLUMN bt", "table planted.t: column bt is missing"),
        COLUMN_TYPE("ALTER TABLE t MODIFY bt BIT(4) DEFAULT b'101'", "table planted.t: column bt is 'bit(3)"),
        COLUMN_DEFAULT("ALTER TABLE t ALTER COLUMN a SET DEFAULT 0", "table planted.t: column a"),
        COLUMN_ORDER("ALTER TABLE p MODIFY id INT AFTER d", "table planted.p: order of columns"),
        SCALE("ALTER TABLE t MODIFY d DECIMAL(10,3) DEFAULT '0.00'", "table planted.t: column d"),
        COLLATION(
                "ALTER TABLE t MODIFY tx TEXT CHARACTER SET utf8 COLLATE utf8_unicode_ci",
                "table planted.t: column tx"),
        GENERATED(
                "ALTER TABLE t MODIFY g VARCHAR(40) AS (CONCAT(b, '+', 'é', '''')) VIRTUAL",
                "table planted.t: column g"),
        TABLE_COMMENT("ALTER TABLE t COMMENT = 'its'", "table planted.t: comment differs"),
        INDEX_MISSING("DROP INDEX k ON t", "table planted.t: index k is missing"),
        INDEX_EXTRA("CREATE INDEX more ON t (a)", "table planted.t: index more is on the replica only"),
        OTHER_INDEX("ALTER TABLE t DROP INDEX k, ADD INDEX k (b(6), a) COMMENT 'k'", "table planted.t: index k is"),
        NOT_UNIQUE("ALTER TABLE t DROP INDEX u, ADD INDEX u (b, d)", "table planted.t: index u is"),
        FOREIGN_KEY_MISSING("ALTER TABLE c DROP FOREIGN KEY fk2", "table planted.c: foreign key fk2 is missing"),
        PARTITION_MISSING("ALTER TABLE p2 DROP PARTITION b", "table planted.p2: partition b is missing"),
        PARTITION_BOUNDARY(
                "ALTER TABLE p2 REORGANIZE PARTITION b INTO (PARTITION b VALUES IN ('w'))",
                "table planted.p2: partition b is"),
        VIEW_MISSING("DROP VIEW w3", "view planted.w3 is missing"),
        OTHER_VIEW(
                "ALTER DEFINER = 'nobody'@'nowhere' SQL SECURITY INVOKER VIEW w AS SELECT id, b FROM t WHERE a = 2"
                        + " WITH CASCADED CHECK OPTION",
                "view planted.w: query differs"),
        VIEW_DEFINER(
                "ALTER DEFINER = 'somebody'@'nowhere' SQL SECURITY INVOKER VIEW w AS SELECT id, b FROM t WHERE a = 1"
                        + " WITH CASCADED CHECK OPTION",
                "view planted.w: definer is"),
        ROUTINE_MISSING("DROP PROCEDURE pr", "procedure planted.pr is missing"),
        FUNCTION_MISSING("DROP FUNCTION fn", "function planted.fn is missing"),
        ROUTINE_COMMENT("ALTER PROCEDURE pr COMMENT 'd'", "procedure planted.pr: comment differs"),
        TRIGGER_MISSING("DROP TRIGGER tr1", "trigger planted.tr1 is missing"),
        EVENT_ENABLED("ALTER EVENT ev ENABLE", "event planted.ev is enabled on the replica"),
        EVENT_SCHEDULE(
                "ALTER EVENT ev ON SCHEDULE EVERY 2 HOUR STARTS '2030-01-01 00:00:00'", "event planted.ev: schedule"),
        EVENT_MISSING("DROP EVENT ev2", "event planted.ev2 is missing"),
        DATABASE_COLLATION("ALTER DATABASE planted COLLATE utf8_bin", "database planted: collation");

        final String change;
        final String told;

        StructureDifference(String change, String told) {
            this.change = change;
            this.told = told;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GENERATED", "OTHER_VIEW", "PARTITION_BOUNDARY", "EVENT_ENABLED"})
    void differenceBetweenDefinitionsIsFound(StructureDifference difference) {
        definitionIsFound(Pair.of(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31), difference);
    }

    @ParameterizedTest
    @EnumSource
    void differenceBetweenDefinitionsIsFoundAcrossVersions(StructureDifference difference) {
        definitionIsFound(Pair.of(MySqlRelease.MYSQL_5_7, MySqlRelease.MYSQL_8_0_31), difference);
    }

    private static void definitionIsFound(Pair pair, StructureDifference difference) {
        pair.execute(AllDefinitions.in(DATABASE));
        pair.replica().execute("SET NAMES utf8mb4 COLLATE utf8mb4_general_ci", "USE " + DATABASE, difference.change);

        VerificationReport report = pair.compare(DATABASE);

        assertThat(report.structure()).anySatisfy(line -> assertThat(line).startsWith(difference.told));
        assertThat(report.structure().size() + report.mismatches()).isLessThanOrEqualTo(10);
        assertThat(report.isClean()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"MYSQL_5_7", "MYSQL_8_0_31"})
    void otherBodiesAreFound(MySqlRelease source) {
        Pair pair = Pair.of(source, MySqlRelease.MYSQL_8_0_31);
        List<String> statements = new ArrayList<>(AllDefinitions.in(DATABASE));
        pair.source().execute(statements.toArray(String[]::new));
        statements.replaceAll(statement -> statement
                .replace("SET NEW.a = 3", "SET NEW.a = 4")
                .replace("BEGIN SELECT a; END", "BEGIN SELECT a, 1; END")
                .replace("DISABLE DO SET @x = 1", "DISABLE DO SET @x = 2"));
        pair.replica().execute(statements.toArray(String[]::new));

        VerificationReport report = pair.compare(DATABASE);

        assertThat(report.structure())
                .containsExactly(
                        "event planted.ev2: body differs",
                        "procedure planted.pr: body differs",
                        "trigger planted.tr2: body differs");
    }

    @Test
    void jsonThatOnlyTheVersionSpellsOtherwiseIsNeitherNamedNorRepaired() {
        Pair pair = Pair.of(MySqlRelease.MYSQL_5_7, MySqlRelease.MYSQL_8_0_31);
        pair.execute(List.of(
                "DROP DATABASE IF EXISTS spelled",
                "CREATE DATABASE spelled",
                "CREATE TABLE spelled.t (id INT PRIMARY KEY, a INT, doc JSON)",
                "INSERT INTO spelled.t VALUES (1, 1, '{\"x\": 1.0}'), (2, 2, '{\"x\": 1.0}')"));
        pair.replica()
                .execute(
                        "UPDATE spelled.t SET a = 7 WHERE id = 1",
                        "UPDATE spelled.t SET doc = '{\"x\": 2.0}' WHERE id = 2");

        TableComparison table = Pair.table(pair.compare("spelled"), "t");

        assertThat(table.differences())
                .containsExactlyInAnyOrder("the row with id = 1 differs in a", "the row with id = 2 differs in doc");
        assertThat(table.rows())
                .filteredOn(row -> row.columns().equals(List.of("a")))
                .singleElement()
                .satisfies(row -> assertThat(row.repair().orElseThrow().sql()).contains("SET `a` = 1 WHERE"));
    }

    @Test
    void counterThatIsBehindTheLargestValueIsFound() {
        Pair pair = Pair.of(MySqlRelease.MYSQL_5_7, MySqlRelease.MYSQL_5_7);
        pair.execute(AllDefinitions.in(DATABASE));
        pair.source().execute("UPDATE planted.t SET id = 1000, c = c", "ALTER TABLE planted.t AUTO_INCREMENT = 1001");
        pair.replica().execute("UPDATE planted.t SET id = 1000, c = c");

        VerificationReport report = pair.compare(DATABASE);

        assertThat(report.structure())
                .containsExactly("table planted.t: AUTO_INCREMENT on the replica would give out a value that is taken");
        assertThat(report.tables())
                .allSatisfy(table -> assertThat(table.result()).isEqualTo(Result.EQUAL));
    }
}
