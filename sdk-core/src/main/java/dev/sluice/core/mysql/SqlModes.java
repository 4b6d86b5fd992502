// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What is to be known of {@code sql_mode} across versions. Thread-safe: no state. */
public final class SqlModes {
    /** Modes of 5.7 that 8.0 refuses; none of them changes what a stored definition does. */
    private static final Set<String> FORMER = Set.of(
            "NO_AUTO_CREATE_USER",
            "NO_FIELD_OPTIONS",
            "NO_KEY_OPTIONS",
            "NO_TABLE_OPTIONS",
            "DB2",
            "MAXDB",
            "MSSQL",
            "MYSQL323",
            "MYSQL40",
            "ORACLE",
            "POSTGRESQL");

    private SqlModes() {}

    /** A list of modes, as the server writes it, without those that 8.0 and later do not know. */
    public static String withoutFormer(String modes) {
        return Arrays.stream(modes.split(","))
                .filter(mode -> !FORMER.contains(mode))
                .collect(Collectors.joining(","));
    }
}
