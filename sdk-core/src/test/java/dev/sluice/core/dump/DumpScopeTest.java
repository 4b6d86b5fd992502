// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.catalog.Catalog;
import dev.sluice.core.catalog.DatabaseDefinition;
import dev.sluice.core.catalog.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DumpScopeTest {
    private static Catalog catalog(TableName table, String... databases) {
        return new Catalog(
                "utf8mb4_0900_ai_ci",
                Arrays.stream(databases)
                        .map(name -> new DatabaseDefinition(name, "utf8mb4", "utf8mb4_bin"))
                        .toList(),
                List.of(new TableDefinition(
                        table,
                        "CREATE TABLE",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new TableDefinition.Size("InnoDB", 0, 0))),
                List.of());
    }

    private static void assertRefused(Scope scope, Catalog catalog, DumpCode code) {
        assertThatThrownBy(() -> DumpScope.of(scope, catalog, StandardCharsets.US_ASCII))
                .isInstanceOfSatisfying(
                        StepRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void wholeDatabasesAndTheirExcludedTablesAreDumped() {
        Scope scope =
                new Scope(List.of(), List.of(), List.of("c"), List.of(TableName.of("a", "x"), TableName.of("c", "y")));
        DumpScope dumped = DumpScope.of(scope, catalog(TableName.of("a", "t"), "a", "b"), StandardCharsets.US_ASCII);
        assertThat(dumped.databases()).containsExactly("a", "b");
        assertThat(dumped.leftOut()).containsExactly(TableName.of("a", "x"));
    }

    @Test
    void singleTablesAreRefused() {
        TableName table = TableName.of("a", "t");
        assertRefused(
                new Scope(List.of(), List.of(table), List.of(), List.of()),
                catalog(table, "a"),
                DumpCode.SINGLE_TABLES);
    }

    @Test
    void namesThatMysqldumpMistakesAreRefused() {
        for (String name : List.of("it's", "a\\b", "a\nb", "schnee\u2603")) {
            assertRefused(Scope.EVERYTHING, catalog(TableName.of(name, "t"), name), DumpCode.NAME_NOT_PASSABLE);
        }
        assertRefused(
                new Scope(List.of(), List.of(), List.of(), List.of(TableName.of("a", "b.c"))),
                catalog(TableName.of("a.b", "c"), "a", "a.b"),
                DumpCode.NAME_NOT_PASSABLE);
    }
}
