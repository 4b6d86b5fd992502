// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.api.plan.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteTest {
    @Test
    void backticksInIdentifiersAreDoubled() {
        assertThat(Quote.identifier("a`b``c")).isEqualTo("`a``b````c`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a'b", "a\"b", "a\\", "a.b", "a b", "a\nb", "☃", "--", "/*", ";"})
    void anyOtherCharacterOfAnIdentifierStaysAsItIs(String name) {
        assertThat(Quote.identifier(name)).isEqualTo("`" + name + "`");
    }

    @Test
    void databaseAndTableAreQuotedEach() {
        assertThat(Quote.identifier(TableName.of("a.b", "c`d"))).isEqualTo("`a.b`.`c``d`");
    }

    @Test
    void namesThatTheServerCannotHoldAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quote.identifier(""))
                .withMessageContaining("empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quote.identifier("a\0b"))
                .withMessageContaining("NUL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quote.identifier("a😀"))
                .withMessageContaining("U+FFFF");
    }

    @Test
    void quotesAndBackslashesInLiteralsAreDoubled() {
        assertThat(Quote.literal("it's \\ \"fine\"")).isEqualTo("'it''s \\\\ \"fine\"'");
    }

    @Test
    void aLiteralEndsAtTheSamePlaceWithAndWithoutBackslashEscapes() {
        String literal = Quote.literal("\\' OR 1=1 -- \\\\'");

        assertThat(endOfLiteral(literal, true)).isEqualTo(literal.length());
        assertThat(endOfLiteral(literal, false)).isEqualTo(literal.length());
    }

    /** Where the server's lexer ends a literal that begins at 0. */
    private static int endOfLiteral(String sql, boolean backslashEscapes) {
        for (int i = 1; i < sql.length(); i++) {
            if (backslashEscapes && sql.charAt(i) == '\\') {
                i++;
            } else if (sql.charAt(i) == '\'') {
                if (i + 1 < sql.length() && sql.charAt(i + 1) == '\'') {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    @Test
    void emojiInALiteralAreAllowedAndHalfOfOneIsRefusedWithoutShowingTheValue() {
        assertThat(Quote.literal("😀")).isEqualTo("'😀'");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quote.literal("secret\ud83d"))
                .withMessageNotContaining("secret");
    }

    @Test
    void accountsAreUserAndHostQuoted() {
        assertThat(Quote.account("o'neil", "10.0.%")).isEqualTo("'o''neil'@'10.0.%'");
        assertThat(Quote.account("", "localhost")).isEqualTo("''@'localhost'");
    }

    @Test
    void anAccountWithoutHostIsRefusedSinceItWouldBeAnyHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quote.account("u", ""))
                .withMessageContaining("any host");
    }

    @Test
    void wildPatternsOfNamesMatchNothingElse() {
        assertThat(Quote.wildPattern("a_b%c\\d")).isEqualTo("a\\_b\\%c\\\\d");
        assertThat(Quote.wildPattern(TableName.of("a_b", "c%"))).isEqualTo("a\\_b.c\\%");
    }
}
