// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Evidence is short, and holds no secret. */
class ShortenedTest {
    @Test
    void longValuesAndLongTextsAreCut() {
        assertThat(Shortened.text("Duplicate entry '" + "x".repeat(300) + "' for key 'a'"))
                .isEqualTo("Duplicate entry '" + "x".repeat(64) + "…' for key 'a'");
        assertThat(Shortened.text("y".repeat(1000))).hasSize(401);
        assertThat(Shortened.text("two\n  lines")).isEqualTo("two lines");
    }

    @Test
    void aDollarInAValueIsNoGroup() {
        assertThat(Shortened.text("'" + "$1".repeat(50) + "'")).startsWith("'$1");
    }

    @Test
    void statementsThatCouldHoldASecretAreLeftOut() {
        assertThat(Shortened.statement("ALTER USER a identified WITH x AS 'hash'"))
                .doesNotContain("hash");
        assertThat(Shortened.statement("SET PASSWORD FOR a = 'x9'")).doesNotContain("x9");
        assertThat(Shortened.statement("DROP TABLE passwords")).isEqualTo("DROP TABLE passwords");
    }
}
