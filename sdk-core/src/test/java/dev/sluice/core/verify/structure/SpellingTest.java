// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.facts.ServerVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {
    private static final Spelling SAME = Spelling.between(ServerVersion.of(8, 0, 31), ServerVersion.of(8, 0, 31));
    private static final Spelling PATCHED = Spelling.between(ServerVersion.of(8, 0, 33), ServerVersion.of(8, 0, 35));
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
    void membersOfAnEnumAreNoTypes() {
        assertThat(OTHER.type("enum('geometrycollection')")).isEqualTo("enum('geometrycollection')");
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

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '~',
            value = {"hex(`Ã©`) ~ hex(`é`)", "hex(`a ``b\\'`) ~ hex(`a ``b'`)", "hex(`a\\\\b`) ~ hex(`a\\b`)"})
    void namesInExpressionsWithoutAStringAreAlike(String newer, String older) {
        assertThat(OTHER.expression(newer, "d", ServerVersion.of(8, 0, 31)))
                .isEqualTo(OTHER.expression(older, "d", ServerVersion.of(5, 7, 22)));
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
    void parenthesesCountWithinOneVersion() {
        assertThat(SAME.expression("(1 + 2) * 3", "d")).isNotEqualTo(SAME.expression("1 + 2 * 3", "d"));
    }

    /** Each pair was one and the same text as long as blanks, parentheses and introducers were taken out of strings, too, or meant nothing. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '~',
            value = {
                "concat(`a`,'_new') ~ concat(`a`,'_old')",
                "concat(`a`,'a b') ~ concat(`a`,'ab')",
                "concat(`a`,'(x)') ~ concat(`a`,'x')",
                "concat(`a`,'`x`') ~ concat(`a`,'x')",
                "concat(`a`,'utf8') ~ concat(`a`,'utf8mb3')",
                "concat(`a`,'isnull(x)') ~ concat(`a`,'(x is null)')",
                "concat(`a`,'`d`.') ~ concat(`a`,'')",
                "concat(`a`,'it''s A') ~ concat(`a`,'it''s a')",
                "concat(`a`,'\\\\x') ~ concat(`a`,'x')",
                "concat(`a`,'Ã©') ~ concat(`a`,'é')",
                "((`a` or `b`) and `c`) ~ (`a` or (`b` and `c`))",
                "(`a` - (`b` - `c`)) ~ ((`a` - `b`) - `c`)",
                "(`a` / (`b` * `c`)) ~ ((`a` / `b`) * `c`)",
                "((`a` + `b`) * `c`) ~ (`a` + (`b` * `c`))",
                "(not((`a` = `b`))) ~ ((not(`a`)) = `b`)",
                "(-(`a`) ^ `b`) ~ (-((`a` ^ `b`)))",
                "(`a` between 1 and (2 and `b`)) ~ ((`a` between 1 and 2) and `b`)",
                "(`a` = (`b` = `c`)) ~ ((`a` = `b`) = `c`)",
                "(`a` = (`b` is null)) ~ ((`a` = `b`) is null)",
                "(`a` in (1,2)) ~ (`a` in (12))",
                "`f`(`a`,`b`) ~ `f`(`a`.`b`)",
                "`T` ~ `t`",
                "`a b` ~ `ab`",
                "select `a` AS `b` from `t` ~ select `a`.`b` from `t`"
            })
    void whatMeansSomethingElseStaysDifferent(String one, String other) {
        assertThat(OTHER.expression(one, "d")).isNotEqualTo(OTHER.expression(other, "d"));
        assertThat(PATCHED.expression(one, "d")).isNotEqualTo(PATCHED.expression(other, "d"));
        assertThat(SAME.expression(one, "d")).isNotEqualTo(SAME.expression(other, "d"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '~',
            value = {
                "((`a` or `b`) and (`c` = 1)) ~ (`a` or `b`) and `c` = 1",
                "((`a` - `b`) - `c`) ~ `a` - `b` - `c`",
                "(`a` and (`b` and `c`)) ~ ((`a` and `b`) and `c`)",
                "`a`+`b` ~ (`a` + `b`)",
                "(((`a`))) ~ `a`",
                "if(((`a` > 1) and (`b` is null)),1,2) ~ if(`a` > 1 and isnull(`b`),1,2)",
                "(`a` between (1 + 2) and 5) ~ `a` between 1 + 2 and 5",
                "(case when (`a` = 1) then (2 + 3) end) ~ (case when `a` = 1 then 2 + 3 end)",
                "CONCAT(`a`) ~ concat(`a`)",
                "'it\\'s' ~ 'it''s'",
                "select `d`.`t`.`a` AS `a` from `d`.`t` where (`d`.`t`.`a` = 1) ~ select `t`.`a` AS `a` from `t` where `t`.`a` = 1",
                "cast(`a` as char charset utf8) ~ cast(`a` as char charset utf8mb3)"
            })
    void whatMeansTheSameIsAlikeInTwoVersions(String one, String other) {
        assertThat(OTHER.expression(one, "d")).isEqualTo(OTHER.expression(other, "d"));
        assertThat(PATCHED.expression(one, "d")).isEqualTo(PATCHED.expression(other, "d"));
    }

    @Test
    void theCharacterSetOfAStringCountsWithinOneSeries() {
        assertThat(PATCHED.expression("_latin1'a'", "d")).isNotEqualTo(PATCHED.expression("'a'", "d"));
        assertThat(PATCHED.expression("_utf8mb4'a'", "d")).isEqualTo(PATCHED.expression("'a'", "d"));
        assertThat(OTHER.expression("_latin1'a'", "d")).isEqualTo(OTHER.expression("'a'", "d"));
    }

    @Test
    void groupsAndStringsOfPartitionsCount() {
        assertThat(SAME.partitioning("a - (b - c)")).isNotEqualTo(SAME.partitioning("a - b - c"));
        assertThat(SAME.partitioning("(a - b) - c")).isEqualTo(SAME.partitioning("((`a` - `b`) - `c`)"));
        assertThat(SAME.partitioning("to_days('2000-01-01 00:00')"))
                .isNotEqualTo(SAME.partitioning("to_days('2000-01-0100:00')"));
        assertThat(SAME.partitioning("`a b`")).isNotEqualTo(SAME.partitioning("`ab`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(", "(()", ")(", "a)", "'a", "`", "\\", "isnull(", "_utf8", "((a) - "})
    void whatIsNoExpressionIsSomethingByItself(String text) {
        assertThat(OTHER.expression(text, "d")).isEqualTo(OTHER.expression(text, "d"));
        assertThat(OTHER.expression(text + " + 1", "d")).isNotEqualTo(OTHER.expression(text, "d"));
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
        assertThat(OTHER.expression("isnull(concat('(',isnull(`a`)))", "d"))
                .isEqualTo(OTHER.expression("(concat('(',(`a` is null)) is null)", "d"));
    }
}
