// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

/**
 * A default that {@code SHOW CREATE TABLE} may not show as it is. Immutable and thread-safe.
 *
 * @param column the column's name
 * @param characterSet the column's character set, {@code binary} for bytes
 * @param hex the default's bytes, in hexadecimal digits
 */
public record ExactDefault(String column, String characterSet, String hex) {
    public ExactDefault {
        if (!hex.matches("(?:[0-9A-F]{2})*")) {
            throw new IllegalArgumentException("Not the bytes of a default: " + hex);
        }
        if (!characterSet.matches("[a-z0-9]+")) {
            throw new IllegalArgumentException("Not a character set: " + characterSet);
        }
    }
}
