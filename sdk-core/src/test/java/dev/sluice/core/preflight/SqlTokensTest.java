// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTokensTest {
    @Test
    void wordsAndSignsAreReadInUpperCase() {
        assertThat(SqlTokens.of("select f(a_1), $b from `t`;").tokens())
                .containsExactly("SELECT", "F", "(", "A_1", ")", ",", "$B", "FROM", ";");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'rank'",
                "'it''s rank'",
                "'\\' rank'",
                "\"rank\"",
                "\"a\"\"rank\"",
                "`rank`",
                "`a``rank`",
                "-- rank\n",
                "# rank",
                "/* rank \n rank */",
                "t.rank",
                "t . rank",
                "@rank",
                "my_rank",
                "rank2"
            })
    void whatIsQuotedACommentOrPartOfANameIsNoWord(String text) {
        assertThat(SqlTokens.of("SELECT " + text).tokens()).contains("SELECT").doesNotContain("RANK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rank", "1-rank", "a--rank", "(rank)", "'x'rank", "rank.a", "/* x */rank"})
    void whatStandsByItselfIsAWord(String text) {
        assertThat(SqlTokens.of("SELECT " + text).tokens()).contains("RANK");
    }

    @Test
    void aCallIsAWordBeforeAParenthesis() {
        assertThat(SqlTokens.of("SELECT PASSWORD ('x')").has("PASSWORD", "(")).isTrue();
        assertThat(SqlTokens.of("SELECT password, (1)").has("PASSWORD", "(")).isFalse();
    }

    @Test
    void longTextsAreReadAsWell() {
        String text = "rank ".repeat(100_000);

        assertThat(SqlTokens.of("SELECT '" + text + "', \"" + text + "\", `" + text + "` /* " + text + " */ FROM t")
                        .tokens())
                .containsExactly("SELECT", ",", ",", "FROM", "T");
    }
}
