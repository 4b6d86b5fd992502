// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static dev.sluice.core.mysql.ScriptedSession.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationFilterTest {
    private static final String NO_DB_RULES =
            "CHANGE REPLICATION FILTER REPLICATE_DO_DB = ()," + " REPLICATE_IGNORE_DB = (), REPLICATE_DO_TABLE = (), ";

    private static TableName table(String name) {
        int dot = name.indexOf('.');
        return TableName.of(name.substring(0, dot), name.substring(dot + 1));
    }

    private static Scope scope(
            List<String> databases, List<String> tables, List<String> outDatabases, List<String> out) {
        return new Scope(
                databases,
                tables.stream().map(ReplicationFilterTest::table).toList(),
                outDatabases,
                out.stream().map(ReplicationFilterTest::table).toList());
    }

    private static ReplicationFilter databases(String... names) {
        return ReplicationFilter.of(scope(List.of(names), List.of(), List.of(), List.of()));
    }

    @Test
    void singleTablesOfSystemSchemasThatAManagedServerLeavesOutDoNotCount() {
        Map<FilterRule, List<String>> own =
                Map.of(FilterRule.IGNORE_TABLE, List.of("mysql.rds_history", "innodb_memcache.config_options"));
        Map<FilterRule, List<String>> more = Map.of(FilterRule.IGNORE_TABLE, List.of("mysql.rds_history", "shop.item"));

        assertThat(new ShownFilter(own).withoutSystemTables().isEmpty()).isTrue();
        assertThat(new ShownFilter(own).admitsAllButSystemTables()).isTrue();
        assertThat(new ShownFilter(more).admitsAllButSystemTables()).isFalse();
        assertThat(new ShownFilter(Map.of(FilterRule.WILD_DO_TABLE, List.of("mysql.%"))).admitsAllButSystemTables())
                .isFalse();
        assertThat(new ShownFilter(more).withoutSystemTables().rules())
                .containsExactly(Map.entry(FilterRule.IGNORE_TABLE, List.of("shop.item")));
        assertThat(databases("shop")
                        .isShownAs(new ShownFilter(Map.of(
                                FilterRule.WILD_DO_TABLE,
                                List.of("shop.%"),
                                FilterRule.IGNORE_TABLE,
                                List.of("mysql.rds_history")))))
                .isTrue();
    }

    @Test
    void everythingIsAllButTheSystemSchemas() {
        ReplicationFilter filter = ReplicationFilter.of(Scope.EVERYTHING);

        assertThat(filter.statement().preview())
                .isEqualTo(NO_DB_RULES + "REPLICATE_IGNORE_TABLE = (), REPLICATE_WILD_DO_TABLE = (),"
                        + " REPLICATE_WILD_IGNORE_TABLE = ('information\\\\_schema.%', 'mysql.%',"
                        + " 'performance\\\\_schema.%', 'sys.%')");
        assertThat(filter.admits(table("orders.t"))).isTrue();
        assertThat(filter.admits(table("mysql.user"))).isFalse();
        assertThat(filter.admitsDatabase("orders")).isTrue();
        assertThat(filter.admitsDatabase("sys")).isFalse();
    }

    @Test
    void namedDatabasesAreDoneByPattern() {
        ReplicationFilter filter = databases("orders", "it's_50%");

        assertThat(filter.statement().preview())
                .isEqualTo(NO_DB_RULES + "REPLICATE_IGNORE_TABLE = (),"
                        + " REPLICATE_WILD_DO_TABLE = ('it''s\\\\_50\\\\%.%', 'orders.%'),"
                        + " REPLICATE_WILD_IGNORE_TABLE = ()");
        assertThat(filter.admits(table("it's_50%.t"))).isTrue();
        assertThat(filter.admits(table("it'sx50y.t"))).isFalse();
        assertThat(filter.admits(table("mysql.user"))).isFalse();
        assertThat(filter.admitsDatabase("orders")).isTrue();
        assertThat(filter.admitsDatabase("billing")).isFalse();
    }

    @Test
    void singleTablesAreDoneByPatternSoThatNoDatabaseIsCreatedOrDropped() {
        ReplicationFilter filter = ReplicationFilter.of(scope(List.of(), List.of("orders.a_b"), List.of(), List.of()));

        assertThat(filter.rules()).isEqualTo(Map.of(FilterRule.WILD_DO_TABLE, List.of("orders.a\\_b")));
        assertThat(filter.admits(table("orders.a_b"))).isTrue();
        assertThat(filter.admits(table("orders.axb"))).isFalse();
        assertThat(filter.admitsDatabase("orders")).isFalse();
        assertThat(filter.admitsDatabase("billing")).isFalse();
    }

    @Test
    void excludedTablesAreIgnoredByNameBeforePatternsAreLookedAt() {
        ReplicationFilter filter =
                ReplicationFilter.of(scope(List.of("orders"), List.of(), List.of(), List.of("orders.big`log", "x.y")));

        assertThat(filter.statement().preview())
                .isEqualTo(NO_DB_RULES + "REPLICATE_IGNORE_TABLE = (`orders`.`big``log`),"
                        + " REPLICATE_WILD_DO_TABLE = ('orders.%'), REPLICATE_WILD_IGNORE_TABLE = ()");
        assertThat(filter.admits(table("orders.big`log"))).isFalse();
        assertThat(filter.admits(table("orders.t"))).isTrue();
    }

    @Test
    void oneTableMoreIsLeftOutByNameWhateverThePatternsSay() {
        ReplicationFilter filter =
                ReplicationFilter.of(scope(List.of("orders"), List.of("billing.t"), List.of(), List.of("orders.big")));
        ReplicationFilter without = filter.leavingOut(table("billing.t"));

        assertThat(without.statement().preview())
                .isEqualTo(NO_DB_RULES + "REPLICATE_IGNORE_TABLE = (`orders`.`big`, `billing`.`t`),"
                        + " REPLICATE_WILD_DO_TABLE = ('orders.%', 'billing.t'), REPLICATE_WILD_IGNORE_TABLE = ()");
        assertThat(without.admits(table("billing.t"))).isFalse();
        assertThat(without.admits(table("orders.t"))).isTrue();
        assertThat(without.isShownAs(new ShownFilter(without.rules()))).isTrue();
        assertThat(without.isShownAs(new ShownFilter(filter.rules()))).isFalse();
        assertThat(filter.isShownAs(new ShownFilter(without.rules()))).isFalse();
        assertThat(without.leavingOut(table("orders.big")).rules()).isEqualTo(without.rules());
    }

    @Test
    void excludedDatabasesAreIgnoredByPattern() {
        ReplicationFilter filter =
                ReplicationFilter.of(scope(List.of(), List.of(), List.of("audit", "mysql"), List.of("orders.log")));

        assertThat(filter.rules().get(FilterRule.WILD_IGNORE_TABLE))
                .containsExactly("information\\_schema.%", "mysql.%", "performance\\_schema.%", "sys.%", "audit.%");
        assertThat(filter.admits(table("audit.t"))).isFalse();
        assertThat(filter.admits(table("orders.log"))).isFalse();
        assertThat(filter.admits(table("orders.t"))).isTrue();
    }

    @Test
    void aScopeThatTakesEverythingOutAgainIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReplicationFilter.of(scope(List.of("a"), List.of(), List.of("a"), List.of())))
                .withMessageContaining("excluded again");
    }

    @Test
    void tablesWhoseNamesWithADotReadLikeAnotherAreFound() {
        ReplicationFilter filter = databases("a.b", "c");

        assertThat(filter.misjudged(List.of(
                        TableName.of("a", "b.x"),
                        TableName.of("a", "other"),
                        TableName.of("a.b", "x"),
                        TableName.of("c", "x"),
                        TableName.of("c.d", "x"))))
                .containsExactly(TableName.of("a", "b.x"), TableName.of("c.d", "x"));
        assertThat(filter.misjudgedDatabases(List.of("a", "a.b", "c", "c.d", "e")))
                .containsExactly("c.d");
    }

    @Test
    void anyCharacterStandsForALineFeedWhichServersRefuse() {
        ReplicationFilter filter = databases("a\nb");

        assertThat(filter.rules()).isEqualTo(Map.of(FilterRule.WILD_DO_TABLE, List.of("a_b.%")));
        assertThat(filter.admits(TableName.of("a\nb", "t"))).isTrue();
        assertThat(filter.misjudged(List.of(TableName.of("a\nb", "t"), TableName.of("axb", "t"))))
                .containsExactly(TableName.of("axb", "t"));
    }

    @Test
    void anExcludedTableCanHideAnotherOne() {
        ReplicationFilter filter = ReplicationFilter.of(
                new Scope(List.of("a", "a.b"), List.of(), List.of(), List.of(TableName.of("a", "b.c"))));

        assertThat(filter.misjudged(List.of(TableName.of("a", "b.c"), TableName.of("a.b", "c"))))
                .containsExactly(TableName.of("a.b", "c"));
    }

    @Test
    void aChannelCanHaveItsOwnFilter() {
        assertThat(databases("orders").statementForChannel("c'1").preview())
                .startsWith(NO_DB_RULES)
                .endsWith(" FOR CHANNEL 'c''1'");
    }

    @Test
    void theFilterIsRecognisedAsTheStatusShowsItInAnyOrder() {
        ReplicationFilter filter = databases("a_b", "c,d", "e");

        assertThat(filter.isShownAs(ShownFilter.ofStatus(row("Replicate_Wild_Do_Table", "e.%,c,d.%,a\\_b.%"))))
                .isTrue();
        assertThat(filter.isShownAs(ShownFilter.ofStatus(row("Replicate_Wild_Do_Table", "e.%,c,d.%,axb.%"))))
                .isFalse();
        assertThat(filter.isShownAs(ShownFilter.ofStatus(
                        row("Replicate_Wild_Do_Table", "e.%,c,d.%,a\\_b.%", "Replicate_Do_DB", "x"))))
                .isFalse();
        assertThat(filter.isShownAs(ShownFilter.NONE)).isFalse();
    }

    @Test
    void theFilterIsRecognisedInThePerformanceSchemaWhichRepeatsTextsForEmptyRules() {
        ShownFilter shown = ShownFilter.ofPerformanceSchema(List.of(
                row("filter_name", "REPLICATE_DO_DB", "filter_rule", ""),
                row("filter_name", "REPLICATE_IGNORE_DB", "filter_rule", ""),
                row("filter_name", "REPLICATE_IGNORE_TABLE", "filter_rule", "orders.log"),
                row("filter_name", "REPLICATE_WILD_DO_TABLE", "filter_rule", "orders.%"),
                row("filter_name", "REPLICATE_WILD_IGNORE_TABLE", "filter_rule", "orders.%"),
                row("filter_name", "REPLICATE_REWRITE_DB", "filter_rule", "orders.%")));

        assertThat(shown).hasToString("ignore_table [orders.log], wild_do_table [orders.%]");
        assertThat(ReplicationFilter.of(scope(List.of("orders"), List.of(), List.of(), List.of("orders.log")))
                        .isShownAs(shown))
                .isTrue();
    }

    @Test
    void optionFileLinesAreQuotedWithBackslashesDoubled() {
        ReplicationFilter filter =
                ReplicationFilter.of(scope(List.of("a_b", "c#d"), List.of(), List.of(), List.of("a_b.back\\slash")));

        assertThat(filter.optionFileLines())
                .containsExactly(
                        "replicate-ignore-table=\"a_b.back\\\\slash\"",
                        "replicate-wild-do-table=\"a\\\\_b.%\"",
                        "replicate-wild-do-table=\"c#d.%\"");
    }

    @ParameterizedTest
    @CsvSource({
        "a.%, a.b, true",
        "a.%, a., true",
        "a.%, ab, false",
        "a_c, abc, true",
        "a\\_c, abc, false",
        "a\\_c, a_c, true",
        "a\\%, a%, true",
        "a\\%, ab, false",
        "a\\\\b, a\\b, true",
        "%b%, xxbyy, true",
        "%b, xxby, false",
        "%%, '', true",
        "a, aa, false",
        "aa, a, false",
        "A, a, false",
    })
    void patternsMatchAsTheServerDoes(String pattern, String key, boolean matches) {
        assertThat(new WildPattern(pattern).matches(key)).isEqualTo(matches);
    }

    @Test
    void removalEmptiesEveryRule() {
        assertThat(ReplicationFilter.removal().preview())
                .contains("REPLICATE_REWRITE_DB = ()")
                .contains("REPLICATE_WILD_DO_TABLE = ()");
    }

    @Test
    void systemSchemasMayBeLeftOutOnTopOfWhatIsIncluded() {
        ReplicationFilter filter = ReplicationFilter.of(new Scope(List.of("shop"), List.of(), List.of(), List.of()));
        ShownFilter managed = new ShownFilter(Map.of(
                FilterRule.WILD_DO_TABLE, List.of("shop.%"),
                FilterRule.WILD_IGNORE_TABLE, List.of("mysql.%", "sys.%")));
        ShownFilter other = new ShownFilter(Map.of(
                FilterRule.WILD_DO_TABLE, List.of("shop.%"),
                FilterRule.WILD_IGNORE_TABLE, List.of("mysql.%", "shop.log%")));

        assertThat(filter.isShownAs(managed)).isTrue();
        assertThat(filter.isShownAs(other)).isFalse();
    }
}
