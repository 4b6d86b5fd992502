// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import java.util.List;

/** What reading definitions sets in its session; everything else that it sends only reads. Thread-safe: no state. */
public final class CatalogStatements {
    static final String GENERATED_KEYS_SHOWN = "SET SESSION show_gipk_in_create_table_and_information_schema = 1";
    static final String UNCONVERTED = "SET SESSION character_set_results = NULL";
    static final String IN_UTF8 = "SET SESSION character_set_results = utf8mb4";

    private CatalogStatements() {}

    /** For previews. Not every version has the first. */
    public static List<String> templates() {
        return List.of(GENERATED_KEYS_SHOWN, UNCONVERTED, IN_UTF8);
    }
}
