// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.facts;

import dev.sluice.api.plan.TableName;

/**
 * A table and its storage engine. Immutable and thread-safe.
 *
 * @param table the table
 * @param engine the storage engine, such as {@code MyISAM}
 */
public record TableEngine(TableName table, String engine) {
    @Override
    public String toString() {
        return table + " (" + engine + ")";
    }
}
