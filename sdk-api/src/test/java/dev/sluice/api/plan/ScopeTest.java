// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final TableName ORDERS = TableName.of("shop", "orders");
    private static final TableName AUDIT = TableName.of("shop", "audit");

    private static Scope scope(
            List<String> databases, List<TableName> tables, List<String> without, List<TableName> withoutTables) {
        return new Scope(databases, tables, without, withoutTables);
    }

    @Test
    void everythingHoldsAllButTheSystemSchemas() {
        assertThat(Scope.EVERYTHING.includes(ORDERS)).isTrue();
        assertThat(Scope.EVERYTHING.includes(TableName.of("mysql", "user"))).isFalse();
        assertThat(Scope.EVERYTHING.includesWhole("SYS")).isFalse();
    }

    @Test
    void aNamedDatabaseExcludesTheOthers() {
        Scope scope = scope(List.of("shop"), List.of(), List.of(), List.of());

        assertThat(scope.includes(ORDERS)).isTrue();
        assertThat(scope.includes(TableName.of("other", "orders"))).isFalse();
    }

    @Test
    void aNamedTableTouchesItsDatabaseWithoutHoldingAllOfIt() {
        Scope scope = scope(List.of(), List.of(ORDERS), List.of(), List.of());

        assertThat(scope.touches("shop")).isTrue();
        assertThat(scope.includesWhole("shop")).isFalse();
        assertThat(scope.includes(ORDERS)).isTrue();
        assertThat(scope.includes(AUDIT)).isFalse();
    }

    @Test
    void whatIsLeftOutIsOutOfWhatIsIn() {
        Scope scope = scope(List.of("shop"), List.of(), List.of(), List.of(AUDIT));

        assertThat(scope.includes(AUDIT)).isFalse();
        assertThat(scope.includes(ORDERS)).isTrue();
        assertThat(scope(List.of(), List.of(), List.of("shop"), List.of()).touches("shop"))
                .isFalse();
    }

    @Test
    void aSystemSchemaCannotBeNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scope(List.of("mysql"), List.of(), List.of(), List.of()))
                .withMessageContaining("mysql");
    }

    @Test
    void orderAndRepetitionDoNotMatter() {
        assertThat(scope(List.of("b", "a", "b"), List.of(), List.of(), List.of()))
                .isEqualTo(scope(List.of("a", "b"), List.of(), List.of(), List.of()));
    }
}
