// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import dev.sluice.api.spi.Row;
import java.util.Locale;
import java.util.Set;

/**
 * A column, as far as moving its values and its default depends on it. Immutable and thread-safe.
 *
 * @param name its name
 * @param dataType the type without length, lower-case, such as {@code varchar}
 * @param columnType the whole type, such as {@code enum('a','b')}
 * @param characterSet its character set, {@code ""} for types without one
 * @param generated whether the server makes its values
 * @param visibility whether {@code SELECT *} shows it
 * @param literalDefault its default if that is a literal, as the server shows it, {@code ""} without one
 */
public record ColumnDefinition(
        String name,
        String dataType,
        String columnType,
        String characterSet,
        Generation generated,
        Visibility visibility,
        String literalDefault) {
    private static final Set<String> BYTES = Set.of("binary", "varbinary");

    /** Whether the server makes values, and when. */
    public enum Generation {
        NO,
        /** The next number, where a row comes with none: {@code AUTO_INCREMENT}. */
        NUMBERED,
        VIRTUAL,
        STORED
    }

    /** Whether {@code SELECT *} shows it. */
    public enum Visibility {
        VISIBLE,
        INVISIBLE
    }

    static ColumnDefinition of(Row row) {
        String extra = row.find("extra").orElse("").toUpperCase(Locale.ROOT);
        return new ColumnDefinition(
                row.text("name"),
                row.text("dt").toLowerCase(Locale.ROOT),
                row.text("ct"),
                row.find("cs").orElse(""),
                generation(extra),
                extra.contains("INVISIBLE") ? Visibility.INVISIBLE : Visibility.VISIBLE,
                extra.contains("DEFAULT_GENERATED") ? "" : row.find("def").orElse(""));
    }

    private static Generation generation(String extra) {
        if (extra.contains("AUTO_INCREMENT")) {
            return Generation.NUMBERED;
        }
        return extra.contains("VIRTUAL GENERATED")
                ? Generation.VIRTUAL
                : extra.contains("STORED GENERATED") ? Generation.STORED : Generation.NO;
    }

    /** Whether the server computes it, so that it cannot be written. */
    public boolean isGenerated() {
        return generated == Generation.VIRTUAL || generated == Generation.STORED;
    }

    /** Whether it is the table's {@code AUTO_INCREMENT} column. */
    public boolean isNumbered() {
        return generated == Generation.NUMBERED;
    }

    /**
     * Whether {@code SHOW CREATE TABLE} may not show the default as it is. Bytes that are no text cannot be shown as text, and up to
     * 8.0 characters beyond U+FFFF in defaults come out as question marks.
     */
    boolean mayShowDefaultWrongly() {
        return BYTES.contains(dataType)
                ? !literalDefault.isEmpty()
                : !characterSet.isEmpty() && literalDefault.contains("?");
    }
}
