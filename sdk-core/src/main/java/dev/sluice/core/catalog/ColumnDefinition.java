// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

/**
 * A column, as far as moving its values depends on it. Immutable.
 *
 * @param name its name
 * @param dataType the type without length, lower-case, such as {@code varchar}
 * @param columnType the whole type, such as {@code enum('a','b')}
 * @param isGenerated whether the server computes it, so that it cannot be written
 */
public record ColumnDefinition(String name, String dataType, String columnType, boolean isGenerated) {}
