// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.verify.TableComparison;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.testservers.MySqlRelease;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is equal is told to be equal, whatever the versions. */
@Tag("long")
class EqualPairsIT {
    @ParameterizedTest
    @CsvSource({"MYSQL_8_0_31, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_9"})
    void whatOnlyNewerServersKnowIsEqualToItself(MySqlRelease source, MySqlRelease replica) {
        Pair pair = Pair.of(source, replica);
        String database = database("newer_", source, replica);
        pair.execute(newer(database));

        VerificationReport report = pair.compare(database);

        assertThat(report.structure()).isEmpty();
        assertThat(report.isClean()).as(report.toString()).isTrue();

        pair.replica()
                .execute(
                        "USE " + database,
                        "UPDATE n SET hidden = 6",
                        "ALTER TABLE n MODIFY plane POINT",
                        "ALTER TABLE n ALTER INDEX desc_k VISIBLE, ALTER CHECK positive NOT ENFORCED, ALTER COLUMN u SET DEFAULT 'x'");
        VerificationReport other = pair.compare(database);

        assertThat(Pair.table(other, "n").differences()).containsExactly("the row with id = 1 differs in hidden");
        assertThat(other.structure())
                .extracting(line -> line.replaceAll(" is '.*", ""))
                .containsExactly(
                        "table " + database + ".n: check positive",
                        "table " + database + ".n: column plane",
                        "table " + database + ".n: column u",
                        "table " + database + ".n: index desc_k");
    }

    private static String database(String prefix, MySqlRelease source, MySqlRelease replica) {
        return prefix + source.name().toLowerCase(Locale.ROOT) + "_"
                + replica.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> newer(String database) {
        return List.of(
                "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci",
                "DROP DATABASE IF EXISTS " + database,
                "CREATE DATABASE " + database + " DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci",
                "USE " + database,
                "CREATE TABLE n (id INT PRIMARY KEY, hidden INT INVISIBLE, u VARCHAR(40) DEFAULT (CONCAT('é', 1)), j JSON,"
                        + " p POINT SRID 4326, plane POINT SRID 0, w VARCHAR(20) COLLATE utf8mb4_ja_0900_as_cs, KEY desc_k (u DESC, id) INVISIBLE,"
                        + " KEY calc ((hidden + 1)), KEY members ((CAST(j->'$.a' AS UNSIGNED ARRAY))),"
                        + " CONSTRAINT positive CHECK (hidden > 0 AND u <> 'é'''))",
                "INSERT INTO n (id, hidden, j, p) VALUES (1, 5, '{\"a\": [1, 2]}', ST_GeomFromText('POINT(10 20)', 4326))");
    }

    @Test
    void vectorsAreCompared() {
        Pair pair = Pair.of(MySqlRelease.MYSQL_9, MySqlRelease.MYSQL_9);
        pair.execute(List.of(
                "DROP DATABASE IF EXISTS vectors",
                "CREATE DATABASE vectors",
                "CREATE TABLE vectors.v (id INT PRIMARY KEY, v VECTOR(3))",
                "INSERT INTO vectors.v VALUES (1, STRING_TO_VECTOR('[1,2,3]')), (2, NULL)"));

        assertThat(pair.compare("vectors").isClean()).isTrue();

        pair.replica().execute("UPDATE vectors.v SET v = STRING_TO_VECTOR('[1,2,3.0000002]') WHERE id = 1");
        assertThat(Pair.table(pair.compare("vectors"), "v").differences())
                .containsExactly("the row with id = 1 differs in v");
    }

    @ParameterizedTest
    @CsvSource({"MYSQL_5_7, MYSQL_5_7", "MYSQL_5_7, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_8_0_31", "MYSQL_8_0_31, MYSQL_9"
    })
    void everyTypeIsEqualToItself(MySqlRelease source, MySqlRelease replica) {
        Pair pair = Pair.of(source, replica);
        String database = database("equal_", source, replica);
        pair.execute(AllTypes.in(database));

        VerificationReport report = pair.compare(database);

        assertThat(report.structure()).isEmpty();
        assertThat(report.tables())
                .hasSize(16)
                .allSatisfy(table ->
                        assertThat(table.result()).as(table.toString()).isEqualTo(TableComparison.Result.EQUAL));
        assertThat(report.isClean()).isTrue();
        assertThat(Pair.table(report, "numbers").replicaRows()).isEqualTo(6);
        assertThat(Pair.table(report, "keyless").sourceRows()).isEqualTo(5);
    }

    @Pairs
    void everyDefinitionIsEqualToItself(MySqlRelease source, MySqlRelease replica) {
        Pair pair = Pair.of(source, replica);
        String database = database("alike_", source, replica);
        pair.execute(AllDefinitions.in(database));
        pair.source()
                .execute(
                        "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci",
                        "ALTER EVENT " + database + ".ev2 ENABLE",
                        "ALTER TABLE " + database + ".t AUTO_INCREMENT = 90");

        VerificationReport report = pair.compare(database);

        assertThat(report.structure()).isEmpty();
        assertThat(report.isClean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "MYSQL_5_7, MYSQL_5_7",
        "MYSQL_5_7, MYSQL_8_0_31",
        "MYSQL_8_0_15, MYSQL_8_0_31",
        "MYSQL_8_0_31, MYSQL_8_0_31",
        "MYSQL_8_0_31, MYSQL_9"
    })
    @Retention(RetentionPolicy.RUNTIME)
    private @interface Pairs {}
}
