// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.TableName;
import org.junit.jupiter.api.Test;

class ScopeRulesTest {
    private static Server shop() {
        return Server.source().databases("shop", "stock");
    }

    @Test
    void tablesThatAreNotTransactionalAreRefusedWithTheirConversion() {
        Server source = shop().table("shop", "o`rders", "MyISAM");

        assertThat(new NotTransactional().problems(Situation.source(source)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what()).contains("shop.o`rders (MyISAM)");
                    assertThat(problem.remedy()).contains("ALTER TABLE `shop`.`o``rders` ENGINE = InnoDB");
                });
    }

    @Test
    void ofManyTablesThatAreNotTransactionalTwentyAreShown() {
        Server source = shop();
        for (int i = 0; i < 23; i++) {
            source.table("shop", "t" + i, "MEMORY");
        }

        assertThat(new NotTransactional().problems(Situation.source(source)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.what())
                            .contains("23 tables", "shop.t19", "and 3 more")
                            .doesNotContain("t20");
                    assertThat(problem.remedy()).contains("`t19`", "and 3 more").doesNotContain("`t20`");
                });
    }

    /** It would compare nothing there, and find nothing different. */
    @Test
    void aComparisonOfWhatTheSourceDoesNotShowIsRefused() {
        Situation unseen = Situation.source(Server.source()).plan(plan -> plan.databases("shop"));
        Situation empty =
                Situation.source(shop()).plan(plan -> plan.databases("shop").withoutDatabases("shop"));

        assertThat(new ServerRules().problems(unseen.compared()))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(RuleCode.DATABASE_UNKNOWN);
                    assertThat(problem.what()).contains("`shop`", "migrator");
                });
        assertThat(new ServerRules().problems(empty.compared()))
                .extracting(Problem::code)
                .containsExactly(RuleCode.SCOPE_EMPTY);
        assertThat(new ServerRules()
                        .problems(Situation.source(shop())
                                .plan(plan -> plan.databases("shop"))
                                .compared()))
                .isEmpty();
    }

    @Test
    void tablesOutsideTheScopeMayHaveAnyEngine() {
        Server source = shop().table("stock", "cache", "MEMORY");

        assertThat(new NotTransactional().problems(Situation.source(source).plan(plan -> plan.databases("shop"))))
                .isEmpty();
    }

    @Test
    void aReplicationThatRunsIsNotStoppedByATableOfAnotherEngine() {
        Server source = shop().table("shop", "cache", "MEMORY");

        assertThat(new NotTransactional().problems(Situation.source(source).alreadyRunning()))
                .isEmpty();
    }

    @Test
    void aScopeThatLeavesEverythingOutAgainIsRefused() {
        assertThat(new ScopeEmpty()
                        .problems(Situation.healthy()
                                .plan(plan -> plan.databases("shop").withoutDatabases("shop"))))
                .hasSize(1);
    }

    @Test
    void aScopeThatLeavesATableOutIsFine() {
        assertThat(new ScopeEmpty()
                        .problems(Situation.healthy()
                                .plan(plan -> plan.databases("shop").withoutTables(TableName.of("shop", "log")))))
                .isEmpty();
    }

    @Test
    void aScopeWithoutNamesIsFine() {
        assertThat(new ScopeEmpty().problems(Situation.healthy())).isEmpty();
    }

    @Test
    void databasesThatTheSourceDoesNotShowAreRefused() {
        assertThat(new DatabaseUnknown()
                        .problems(Situation.source(shop())
                                .plan(plan -> plan.databases("shop", "shopp").tables(TableName.of("sales", "orders")))))
                .extracting(Problem::what)
                .satisfiesExactly(
                        one -> assertThat(one).contains("`shopp`", "migrator"),
                        two -> assertThat(two).contains("`sales`"));
    }

    @Test
    void databasesOnTheSourceAreFine() {
        assertThat(new DatabaseUnknown().problems(Situation.source(shop()).plan(plan -> plan.databases("shop"))))
                .isEmpty();
    }

    @Test
    void serversThatCompareNamesOtherwiseAreRefused() {
        Server replica = Server.replica().variable("lower_case_table_names", "1");

        assertThat(new NameCase().problems(Situation.replica(replica)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("lower_case_table_names=0", "has 1"));
    }

    @Test
    void serversThatCompareNamesAlikeAreFine() {
        assertThat(new NameCase().problems(Situation.healthy())).isEmpty();
    }
}
