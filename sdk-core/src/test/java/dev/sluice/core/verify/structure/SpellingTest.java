// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.facts.ServerVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private static final Spelling SAME = Spelling.between(ServerVersion.of(8, 0, 31), ServerVersion.of(8, 0, 31));
    private static final Spelling OTHER = Spelling.between(ServerVersion.of(5, 7, 22), ServerVersion.of(8, 0, 31));

    @ParameterizedTest
    @CsvSource({
        "int(11), int",
        "bigint(20) unsigned, bigint unsigned",
        "tinyint(4), tinyint",
        "year(4), year",
        "tinyint(1), tinyint(1)",
        "int(6) unsigned zerofill, int(6) unsigned zerofill",
        "varchar(11), varchar(11)",
        "'decimal(10,2)', 'decimal(10,2)'",
        "geometrycollection, geomcollection",
        "bit(3), bit(3)"
    })
    void displayWidthIsLeftOutWhereItMeansNothing(String written, String meant) {
        assertThat(SAME.type(written)).isEqualTo(meant);
    }

    @Test
    void utf8HasOneName() {
        assertThat(SAME.charset("utf8 utf8_general_ci utf8mb4 utf8mb4_bin"))
                .isEqualTo("utf8mb3 utf8mb3_general_ci utf8mb4 utf8mb4_bin");
    }

    @Test
    void generatedColumnsOfBothSeriesAreAlike() {
        assertThat(OTHER.expression("concat(`b`,_utf8mb4\\'-\\',_utf8mb4\\'Ã©\\')", "d"))
                .isEqualTo(OTHER.expression("concat(`b`,'-','é')", "d"));
    }

    @Test
    void viewsOfBothSeriesAreAlike() {
        assertThat(OTHER.expression("select `w`.`b` AS `b`,isnull((`d`.`t`.`a` + 1)) AS `x` from `d`.`t`", "d"))
                .isEqualTo(OTHER.expression(
                        "select `d`.`w`.`b` AS `b`,((`d`.`t`.`a` + 1) is null) AS `x` from `d`.`t`", "d"));
    }

    @Test
    void otherLiteralsAndOperatorsStayDifferentAcrossSeries() {
        String one = OTHER.expression("select `a` from `d`.`t` where (`b` = 'X')", "d");

        assertThat(OTHER.expression("select `a` from `d`.`t` where (`b` = 'x')", "d"))
                .isNotEqualTo(one);
        assertThat(OTHER.expression("select `a` from `d`.`t` where (`b` <> 'X')", "d"))
                .isNotEqualTo(one);
        assertThat(OTHER.expression("select `a` from `e`.`t` where (`b` = 'X')", "d"))
                .isNotEqualTo(one);
    }

    @Test
    void parenthesesCountWithinOneSeries() {
        assertThat(SAME.expression("(1 + 2) * 3", "d")).isNotEqualTo(SAME.expression("1 + 2 * 3", "d"));
    }

    @Test
    void partitionsAreAlikeHoweverTheirColumnsAreQuoted() {
        assertThat(SAME.partitioning("YEAR(d)")).isEqualTo(SAME.partitioning("year(`d`)"));
        assertThat(SAME.partitioning("`s`")).isEqualTo(SAME.partitioning("\"s\""));
    }

    @Test
    void modesThatNewerServersLackAreLeftOut() {
        assertThat(OTHER.sqlMode("STRICT_ALL_TABLES,NO_AUTO_CREATE_USER")).isEqualTo("STRICT_ALL_TABLES");
        assertThat(SAME.sqlMode("STRICT_ALL_TABLES,ANSI_QUOTES")).isEqualTo("ANSI_QUOTES,STRICT_ALL_TABLES");
    }

    @Test
    void testForNullWithinQuotesIsLeftAlone() {
        assertThat(NullTests.written("isnull(concat('(',isnull(`a`)))"))
                .isEqualTo("(concat('(',(`a` is null)) is null)");
    }
}
