// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowLiteralTest {
    private static RowLiteral column(String type, String charset) {
        return new RowLiteral(new Column("c`d", ColumnKind.of(type, type, 10), type, true, charset, "", false));
    }

    @Test
    void textAndBytesAreHexadecimal() {
        assertThat(column("varchar", "latin1").selected()).isEqualTo("HEX(`c``d`)");
        assertThat(column("varchar", "latin1").literal("E927")).contains("_latin1 X'E927'");
        assertThat(column("blob", "").literal("00FF")).contains("X'00FF'");
        assertThat(column("json", "").literal("7B7D")).contains("_utf8mb4 X'7B7D'");
    }

    @Test
    void approximateNumbersAreTheirEightBytes() {
        assertThat(column("double", "").literal("9A9999999999B93F")).contains("0.1E0");
        assertThat(column("double", "").literal("0000000000000080")).contains("-0.0E0");
        assertThat(column("float", "").literal("000000A09999B93F")).contains("0.10000000149011612E0");
    }

    @Test
    void memberOfAnEnumerationIsItsText() {
        assertThat(column("enum", "utf8mb4").literal("2:61")).contains("_utf8mb4 X'61'");
        assertThat(column("enum", "utf8mb4").literal("1:")).contains("_utf8mb4 X''");
        assertThat(column("set", "utf8mb4").literal("0:")).contains("_utf8mb4 X''");
    }

    @Test
    void errorOfAnEnumerationHasNoLiteral() {
        assertThat(column("enum", "utf8mb4").literal("0:")).isEmpty();
    }

    @Test
    void valueThatNoServerSendsIsNotPutIntoAStatement() {
        assertThatThrownBy(() -> column("int", "").literal("1 OR 1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> column("blob", "").literal("0'")).isInstanceOf(IllegalArgumentException.class);
        assertThat(column("date", "").literal("2024'--")).contains("'2024''--'");
    }
}
