// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.verify.TableComparison;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeScopeTest {
    private static final ServerVersion VERSION = ServerVersion.of(8, 0, 31);
    private static final String ALL_ON_SHOP = "GRANT SELECT, TRIGGER, EVENT ON `shop`.* TO `u`@`%`";
    private static final String ROUTINES = "GRANT SHOW_ROUTINE ON *.* TO `u`@`%`";
    private static final Scope SHOP = new Scope(List.of("shop"), List.of(), List.of(), List.of());
    private static final Scope ORDERS =
            new Scope(List.of(), List.of(TableName.of("shop", "orders")), List.of(), List.of());

    /** A server that shows the database shop with the table orders. */
    private static ServerSession shop(String... grants) {
        return session(List.of("information_schema", "shop"), grants);
    }

    private static ServerSession session(List<String> databases, String... grants) {
        return sql -> rows(
                sql.equals(SeenServer.GRANTS)
                        ? List.of(grants)
                        : sql.equals(ShapeReader.DATABASES) ? databases : List.of("orders", "v"));
    }

    private static List<Row> rows(List<String> values) {
        return values.stream().map(value -> Row.of(Map.of("x", value))).toList();
    }

    private static WholeScope whole(Scope scope, ServerSession source, ServerSession replica) {
        return whole(VERSION, scope, source, replica);
    }

    private static WholeScope whole(ServerVersion version, Scope scope, ServerSession source, ServerSession replica) {
        return new WholeScope(
                scope,
                SeenServer.read("source", source, version, scope),
                SeenServer.read("replica", replica, version, scope));
    }

    private static void isRefused(WholeScope scope, String... texts) {
        assertThatThrownBy(scope::require)
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContainingAll(texts);
    }

    @Test
    void whoSeesAllMayCompare() {
        assertThatCode(() -> whole(SHOP, shop(ALL_ON_SHOP, ROUTINES), shop(ALL_ON_SHOP, ROUTINES))
                        .require())
                .doesNotThrowAnyException();
    }

    @Test
    void databaseThatNeitherServerShowsIsNotCalledEqual() {
        Scope misspelled = new Scope(List.of("shop", "shpo"), List.of(), List.of(), List.of());
        ServerSession all = shop("GRANT ALL PRIVILEGES ON *.* TO `u`@`%`");

        isRefused(whole(misspelled, all, all), "CORE-841", "[shpo]");
    }

    @Test
    void databaseOfATableThatNeitherServerShowsIsNotCalledEqual() {
        ServerSession poor = session(List.of("information_schema"), "GRANT USAGE ON *.* TO `u`@`%`");

        isRefused(whole(ORDERS, poor, poor), "CORE-841", "[shop]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT", "TRIGGER", "EVENT"})
    void eachPrivilegeIsNeededOnEitherSide(String privilege) {
        ServerSession rich = shop(ALL_ON_SHOP, ROUTINES);
        ServerSession poor = shop(ALL_ON_SHOP.replace(privilege, "INSERT"), ROUTINES);

        isRefused(whole(SHOP, rich, poor), "CORE-842", "on the replica " + privilege + " ON `shop`.*");
        isRefused(whole(SHOP, poor, rich), "CORE-842", "on the source " + privilege + " ON `shop`.*");
        isRefused(whole(SHOP, poor, poor), "CORE-842", "on the source", "on the replica");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8.0.31 | GRANT SHOW_ROUTINE ON *.* TO u | ''",
                "8.0.31 | GRANT SELECT ON *.* TO u | ''",
                "8.0.31 | GRANT USAGE ON *.* TO u | SHOW_ROUTINE ON *.*",
                "8.0.15 | GRANT SHOW_ROUTINE ON *.* TO u | SELECT ON *.*",
                "5.7.22 | GRANT SELECT ON `mysql`.`proc` TO `u`@`%` | ''",
                "5.7.22 | GRANT SELECT ON *.* TO u | ''",
                "5.7.22 | GRANT USAGE ON *.* TO u | SELECT ON `mysql`.`proc`"
            })
    void routinesAreSeenByWhatTheVersionKnows(String version, String grant, String lacking) {
        ServerSession session = shop(ALL_ON_SHOP, grant);
        WholeScope whole = whole(ServerVersion.parse(version), SHOP, session, session);

        if (lacking.isEmpty()) {
            assertThatCode(whole::require).doesNotThrowAnyException();
        } else {
            isRefused(whole, "CORE-842", "on the source " + lacking, "on the replica " + lacking);
        }
    }

    @Test
    void singleTablesNeedNeitherEventsNorRoutinesNorOtherTables() {
        ServerSession some = shop("GRANT SELECT, TRIGGER ON `shop`.`orders` TO `u`@`%`");
        ServerSession columns = shop("GRANT SELECT (id), TRIGGER ON `shop`.`orders` TO `u`@`%`");

        assertThatCode(() -> whole(ORDERS, some, some).require()).doesNotThrowAnyException();
        isRefused(whole(ORDERS, columns, columns), "CORE-842", "SELECT ON `shop`.`orders`");
        isRefused(whole(SHOP, some, some), "CORE-842", "SELECT ON `shop`.*");
    }

    @Test
    void namedTableThatNeitherServerHasIsUndecided() {
        Scope scope = new Scope(
                List.of(),
                List.of(TableName.of("shop", "orders"), TableName.of("shop", "ordres")),
                List.of(),
                List.of());
        ServerSession session = shop("GRANT ALL PRIVILEGES ON *.* TO `u`@`%`");

        assertThat(whole(scope, session, session).require().shownByNeither())
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.table()).isEqualTo(TableName.of("shop", "ordres"));
                    assertThat(table.result()).isEqualTo(TableComparison.Result.UNDECIDED);
                });
    }

    @Test
    void scopeThatNamesNothingTakesAUserWhoSeesEveryDatabase() {
        ServerSession some = shop(ALL_ON_SHOP, ROUTINES);
        ServerSession every = shop(ALL_ON_SHOP, ROUTINES, "GRANT SHOW DATABASES ON *.* TO `u`@`%`");

        assertThatCode(() -> whole(Scope.EVERYTHING, every, some).require()).doesNotThrowAnyException();
        isRefused(whole(Scope.EVERYTHING, some, some), "CORE-842", "SHOW DATABASES");
    }

    @Test
    void databaseThatARevokedPrivilegeHidesIsNotOverlooked() {
        ServerSession session = session(
                List.of("shop"),
                "GRANT SELECT, TRIGGER, EVENT, SHOW DATABASES ON *.* TO `u`@`%`",
                "REVOKE SELECT ON `hidden`.* FROM `u`@`%`");

        isRefused(whole(Scope.EVERYTHING, session, session), "CORE-842", "SELECT ON `hidden`.*");
    }
}
