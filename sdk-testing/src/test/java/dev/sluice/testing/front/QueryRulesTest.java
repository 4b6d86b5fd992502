// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryRulesTest {
    private final QueryRules rules = QueryRules.of("admin")
            .refusing("FLUSH TABLES WITH READ LOCK", 1045, "28000", "denied")
            .rewriting("SHOW (ENGINES)", "SELECT '$1'");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FLUSH TABLES WITH READ LOCK",
                "flush  tables\n\twith read lock ; ",
                "/* a\nclient */ -- says\n FLUSH TABLES WITH READ LOCK"
            })
    void aQueryIsRefusedHoweverItIsWritten(String query) {
        assertThat(rules.refusal(query)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FLUSH TABLES",
                "FLUSH TABLES shop.item WITH READ LOCK",
                "SELECT 'FLUSH TABLES WITH READ LOCK'",
                "/* FLUSH TABLES WITH READ LOCK */ SELECT 1"
            })
    void aQueryThatOnlyLooksLikeItPasses(String query) {
        assertThat(rules.refusal(query)).isEmpty();
        assertThat(rules.rewritten(query)).isSameAs(query);
    }

    @Test
    void aRewrittenQueryLosesItsCommentsOnly() {
        assertThat(rules.rewritten("/* ping */ show engines;")).isEqualTo("SELECT 'engines'");
        assertThat(rules.rewritten(" SHOW ENGINE innodb STATUS;")).isEqualTo(" SHOW ENGINE innodb STATUS;");
    }

    @Test
    void onlyShortQueriesOfOneAccountAreLookedAt() {
        assertThat(rules.concern("admin", "SELECT 1")).isTrue();
        assertThat(rules.concern("admin", "x".repeat(65_537))).isFalse();
        assertThat(rules.concern("rdsadmin", "SELECT 1")).isFalse();
    }
}
