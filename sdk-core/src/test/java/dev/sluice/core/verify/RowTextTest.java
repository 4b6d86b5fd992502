// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RowTextTest {
    private static Column column(String name, String dataType, boolean isNullable) {
        return new Column(name, ColumnKind.of(dataType, dataType, 10), dataType, isNullable, "", "", false);
    }

    @Test
    void nullsAndLengthsPrecedeTheValues() {
        List<Column> columns = List.of(
                column("id", "int", false),
                column("a", "varchar", true),
                column("b`", "char", false),
                column("f", "float", true));

        assertThat(RowText.of(columns))
                .isEqualTo("CONCAT_WS(_binary'#' COLLATE `binary`, CONCAT(ISNULL(`a`), ISNULL(`f`)), LENGTH(`a`),"
                        + " `id`, `a`, `b```, SUBSTRING(POINT(`f`, 0), 10, 8))");
    }

    @Test
    void longValuesAreHashedByThemselves() {
        assertThat(ColumnKind.of("varchar", "varchar(60000)", 60_000)).isEqualTo(ColumnKind.LONG);
        assertThat(ColumnKind.of("varchar", "varchar(16000)", 16_000)).isEqualTo(ColumnKind.STRING);
        assertThat(ColumnKind.of("longtext", "longtext", 4_294_967_295L)).isEqualTo(ColumnKind.LONG);
        assertThat(ColumnKind.of("a type of the future", "", 0)).isEqualTo(ColumnKind.LONG);
    }

    @Test
    void columnThatIsLongOnOneSideIsWrittenAlikeOnBoth() {
        Column shorter = column("a", "varchar", false);
        Column longer = new Column("a", ColumnKind.LONG, "varchar", true, "", "", false);

        assertThat(shorter.alike(longer)).isEqualTo(longer.alike(shorter)).isEqualTo(longer);
    }
}
