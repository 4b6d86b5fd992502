// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableKeyTest {
    private static final TableKey KEY = new TableKey(
            "PRIMARY",
            List.of(
                    new KeyColumn(column("a", ColumnKind.NUMBER, "int", ""), KeyColumn.Form.NUMBER),
                    new KeyColumn(column("b", ColumnKind.STRING, "varchar", "latin1"), KeyColumn.Form.TEXT),
                    new KeyColumn(column("c", ColumnKind.TEMPORAL, "datetime", ""), KeyColumn.Form.TEMPORAL)));

    private static Column column(String name, ColumnKind kind, String type, String charset) {
        return new Column(name, kind, type, false, charset, "", false);
    }

    private static RowKey key(String... values) {
        return new RowKey(List.of(values));
    }

    @Test
    void rangeIsSpelledOutColumnByColumn() {
        KeyRange range = new KeyRange(key("1", "E9", "2024-01-01"), key("2", "", "0000-00-00"));

        assertThat(range.where(KEY))
                .isEqualTo(
                        "(`a` > 1 OR `a` = 1 AND `b` > _latin1 X'E9' OR `a` = 1 AND `b` = _latin1 X'E9' AND `c` > '2024-01-01')"
                                + " AND (`a` < 2 OR `a` = 2 AND `b` < _latin1 X'' OR `a` = 2 AND `b` = _latin1 X'' AND `c` <= '0000-00-00')");
    }

    @Test
    void rangeWithoutEndsHoldsEveryRow() {
        assertThat(KeyRange.WHOLE.where(KEY)).isEqualTo("TRUE");
    }

    @Test
    void rowsAreFoundByAllColumnsOfTheirKeys() {
        assertThat(KEY.isOneOf(List.of(key("1", "41", "x"), key("2", "42", "y'"))))
                .isEqualTo("(`a`, `b`, `c`) IN ((1, _latin1 X'41', 'x'), (2, _latin1 X'42', 'y'''))");
    }

    @Test
    void keysAreReadByTheirBytes() {
        assertThat(KEY.selected()).isEqualTo("`a`, HEX(`b`), `c`");
        assertThat(KEY.shown(key("1", "E9", "2024-01-01"))).isEqualTo("a = 1, b = 'é', c = 2024-01-01");
    }

    @Test
    void valueThatNoServerSendsIsNotPutIntoAStatement() {
        assertThatThrownBy(() -> KEY.isAfter(key("1 OR 1", "41", "x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KEY.isAfter(key("1", "4'", "x"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longValuesAreShortened() {
        assertThat(RowKey.shortened("x".repeat(64))).hasSize(64).doesNotContain("…");
        assertThat(RowKey.shortened("x".repeat(65))).hasSize(64).endsWith("x…");
        assertThat(RowKey.shortened("x".repeat(62) + "😀😀")).isEqualTo("x".repeat(62) + "…");
    }
}
