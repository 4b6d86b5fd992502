// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.split;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of a table.
 *
 * @param same what the columns before are, {@code ""} for the first column
 * @param from where it begins, {@code ""} if it is open there
 * @param to where it ends, {@code ""} if it is open there
 * @param depth the column by which it is divided, from 0
 * @param rows the server's estimate
 */
record KeyPart(String same, String from, String to, int depth, long rows) {
    /** Its rows. */
    String where() {
        return and(same, from, to);
    }

    static String and(String... conditions) {
        return Stream.of(conditions).filter(condition -> !condition.isEmpty()).collect(Collectors.joining(" AND "));
    }
}
