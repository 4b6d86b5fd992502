// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import dev.sluice.api.verify.RepairStatement;
import org.jspecify.annotations.Nullable;

/** A statement that would repair a row, or why there is none. Immutable. */
record Repair(@Nullable RepairStatement statementOrNull, String whyNone) {
    static Repair by(String sql, String preview) {
        return new Repair(new RepairStatement(sql, preview), "");
    }

    static Repair none(String why) {
        return new Repair(null, why);
    }
}
