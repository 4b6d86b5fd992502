// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.dump.DumpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DumpScopeTest {
    private static DumpContent content(TableName table, String... databases) {
        return new DumpContent(List.of(databases), List.of(table), List.of(), DumpContent.Code.IN_DUMP);
    }

    private static void assertRefused(Scope scope, DumpContent content, ErrorCode code) {
        assertThatThrownBy(() -> DumpScope.of(scope, content, StandardCharsets.US_ASCII))
                .isInstanceOfSatisfying(
                        StepRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void wholeDatabasesAndTheirExcludedTablesAreDumped() {
        Scope scope =
                new Scope(List.of(), List.of(), List.of("c"), List.of(TableName.of("a", "x"), TableName.of("c", "y")));
        DumpScope dumped = DumpScope.of(scope, content(TableName.of("a", "t"), "a", "b"), StandardCharsets.US_ASCII);
        assertThat(dumped.databases()).containsExactly("a", "b");
        assertThat(dumped.leftOut()).containsExactly(TableName.of("a", "x"));
    }

    @Test
    void singleTablesAreRefused() {
        TableName table = TableName.of("a", "t");
        assertRefused(
                new Scope(List.of(), List.of(table), List.of(), List.of()),
                content(table, "a"),
                ProgramCode.SINGLE_TABLES);
    }

    @Test
    void namesThatMysqldumpMistakesAreRefused() {
        for (String name : List.of("it's", "a\\b", "a\nb", "schnee\u2603")) {
            assertRefused(Scope.EVERYTHING, content(TableName.of(name, "t"), name), ProgramCode.NAME_NOT_PASSABLE);
        }
        assertRefused(
                new Scope(List.of(), List.of(), List.of(), List.of(TableName.of("a", "b.c"))),
                content(TableName.of("a.b", "c"), "a", "a.b"),
                ProgramCode.NAME_NOT_PASSABLE);
    }

    @Test
    void aViewThatMysqldumpMistakesIsNamed() {
        DumpContent content =
                new DumpContent(List.of("a"), List.of(), List.of(TableName.of("a", "it's")), DumpContent.Code.IN_DUMP);

        assertThatThrownBy(() -> DumpScope.of(Scope.EVERYTHING, content, StandardCharsets.US_ASCII))
                .hasMessageContaining("mysqldump does not find the view a.it's");
    }
}
