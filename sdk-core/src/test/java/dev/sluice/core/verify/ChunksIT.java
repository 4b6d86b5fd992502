// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.TableComparison.Result;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testservers.MySqlRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of many parts, by keys of many kinds. */
@Tag("long")
class ChunksIT {
    private static final long SEED = 4711;
    private static final int ROWS = 2_000;
    private static final List<String> TABLES =
            List.of("numbers", "words", "triples", "bytes", "times", "choices", "keyless");

    private static List<String> in(String database) {
        Random random = new Random(SEED);
        List<String> statements = new ArrayList<>(List.of(
                "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci",
                "SET SESSION sql_mode = ''",
                "DROP DATABASE IF EXISTS " + database,
                "CREATE DATABASE " + database + " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
                "USE " + database,
                "CREATE TABLE numbers (id BIGINT UNSIGNED PRIMARY KEY, v INT)",
                "CREATE TABLE words (w VARCHAR(40) PRIMARY KEY, v INT)",
                "CREATE TABLE triples (a INT, b VARCHAR(10) CHARACTER SET latin1, c DECIMAL(6,2), v INT, PRIMARY KEY (a, b, c))",
                "CREATE TABLE bytes (b VARBINARY(20) PRIMARY KEY, v INT)",
                "CREATE TABLE times (t DATETIME(6), n TIME, v INT, PRIMARY KEY (t, n))",
                "CREATE TABLE choices (e ENUM('z','y','a'), id INT, v INT, PRIMARY KEY (e, id))",
                "CREATE TABLE keyless (a INT, b VARCHAR(10))"));
        insert(statements, "numbers", i -> Long.toUnsignedString(i * (Long.MAX_VALUE / 900)) + ", " + i);
        insert(statements, "words", i -> "'" + word(random) + i + "', " + i);
        insert(statements, "triples", i -> (i % 7 - 3) + ", '" + (char) ('a' + i % 5) + "é#', " + i / 100.0 + ", " + i);
        insert(statements, "bytes", i -> "X'" + String.format(Locale.ROOT, "%04X", i) + "27', " + i);
        insert(
                statements,
                "times",
                i -> "'2024-01-01' + INTERVAL " + i / 3 + " MICROSECOND, SEC_TO_TIME(" + (i % 3 - 1) * 100 + "), " + i);
        insert(statements, "choices", i -> (1 + i % 3) + ", " + i + ", " + i);
        insert(statements, "keyless", i -> i % 100 + ", 'x'");
        return statements;
    }

    private static String word(Random random) {
        String letters = "aAbBäÄzZéß_%'😀 Ωω0";
        int[] points = letters.codePoints().toArray();
        return IntStream.range(0, 4)
                .mapToObj(i -> Character.toString(points[random.nextInt(points.length)]))
                .collect(Collectors.joining())
                .replace("'", "''");
    }

    private static void insert(List<String> statements, String table, java.util.function.IntFunction<String> row) {
        statements.add("INSERT INTO " + table
                + IntStream.range(0, ROWS).mapToObj(row).collect(Collectors.joining("), (", " VALUES (", ")")));
    }

    private static VerificationReport compare(Pair pair, String database) {
        return pair.compare(Pair.request(Consistency.STANDING_STILL, database).withRowsAtOnce(50));
    }

    @ParameterizedTest
    @CsvSource({"MYSQL_5_7, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_9"})
    void manyPartsAreEqual(MySqlRelease source, MySqlRelease replica) {
        Pair pair = Pair.of(source, replica);
        pair.execute(in("chunks"));

        VerificationReport report = compare(pair, "chunks");

        assertThat(report.isClean()).as(report.toString()).isTrue();
        assertThat(report.tables()).hasSize(TABLES.size()).allSatisfy(table -> {
            assertThat(table.sourceRows()).isEqualTo(ROWS);
            assertThat(table.replicaRows()).isEqualTo(ROWS);
        });
        assertThat(Pair.table(report, "words").chunks()).isEqualTo(1 + ROWS / 50);
        assertThat(Pair.table(report, "choices").chunks()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"MYSQL_5_7, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_9"})
    void oneRowInTheMiddleIsFound(MySqlRelease source, MySqlRelease replica) {
        Pair pair = Pair.of(source, replica);
        pair.execute(in("chunks"));
        TABLES.forEach(table -> pair.replica()
                .execute("UPDATE chunks." + table
                        + (table.equals("keyless") ? " SET b = 'y' WHERE a = 50" : " SET v = -1 WHERE v = 1234")));

        VerificationReport report = compare(pair, "chunks");

        assertThat(report.tables()).allSatisfy(table -> {
            assertThat(table.result()).as(table.toString()).isEqualTo(Result.DIFFERENT);
            assertThat(table.differences()).hasSizeLessThanOrEqualTo(2);
        });
        assertThat(Pair.table(report, "numbers").differences())
                .hasSize(1)
                .allMatch(line -> line.endsWith("differs in v"));
        assertThat(Pair.table(report, "triples").differences().get(0)).contains("a = -1, b = 'eé#', c = 12.34");
    }

    @Test
    void rowsThatOnlyOneServerHasAreFoundWhereverTheyAre() {
        Pair pair = Pair.of(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        pair.execute(in("chunks"));
        pair.source().execute("DELETE FROM chunks.numbers", "DELETE FROM chunks.words WHERE v > 1000");
        pair.replica()
                .execute(
                        "INSERT INTO chunks.bytes VALUES (X'', -1), (X'FFFF', -2)",
                        "DELETE FROM chunks.times WHERE v < 1500");

        VerificationReport report = compare(pair, "chunks");

        TableComparison numbers = Pair.table(report, "numbers");
        assertThat(numbers.sourceRows()).isZero();
        assertThat(numbers.replicaRows()).isEqualTo(ROWS);
        assertThat(numbers.differences())
                .hasSize(TableState.MOST_TOLD + 1)
                .endsWith("and 1990 more")
                .first()
                .asString()
                .endsWith("is on the replica only");
        assertThat(Pair.table(report, "words").result()).isEqualTo(Result.DIFFERENT);
        assertThat(Pair.table(report, "bytes").differences())
                .containsExactlyInAnyOrder(
                        "the row with b = 0x is on the replica only", "the row with b = 0xFFFF is on the replica only");
        assertThat(Pair.table(report, "times").differences()).hasSize(TableState.MOST_TOLD + 1);
        assertThat(Pair.table(report, "triples").result()).isEqualTo(Result.EQUAL);
    }

    @Test
    void keyInAnotherOrderOnTheReplicaIsNoDifferenceBetweenRows() {
        Pair pair = Pair.of(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        pair.execute(in("chunks"));
        pair.replica().execute("ALTER TABLE chunks.words MODIFY w VARCHAR(40) COLLATE utf8mb4_bin NOT NULL");

        VerificationReport report = compare(pair, "chunks");

        assertThat(Pair.table(report, "words").result()).isEqualTo(Result.EQUAL);
        assertThat(report.structure()).hasSize(1).allMatch(line -> line.startsWith("table chunks.words: column w"));
    }

    @Test
    void columnThatOneServerLacksIsLeftOut() {
        Pair pair = Pair.of(MySqlRelease.MYSQL_8_0_31, MySqlRelease.MYSQL_8_0_31);
        pair.execute(in("chunks"));
        pair.replica()
                .execute("ALTER TABLE chunks.numbers DROP COLUMN v", "ALTER TABLE chunks.bytes ADD COLUMN more INT");

        VerificationReport report = compare(pair, "chunks");

        assertThat(report.tables())
                .allSatisfy(table -> assertThat(table.result()).isEqualTo(Result.EQUAL));
        assertThat(report.structure()).hasSize(4);
        assertThat(report.isClean()).isFalse();
    }
}
