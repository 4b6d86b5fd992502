// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;

/** Says that a row does not fit what the replica takes at once. */
final class RowTooLarge {
    private RowTooLarge() {}

    static StepRefusedException of(TableCopy table, long rowBytes, RowFormat format) {
        String size = rowBytes == Long.MAX_VALUE ? "A JSON document" : "A row takes " + rowBytes + " bytes and";
        return new StepRefusedException(Problem.of(
                CopyCode.ROW_TOO_LARGE,
                size + " of " + table.name() + " is more than the replica takes at once ("
                        + (rowBytes == Long.MAX_VALUE ? "max_allowed_packet" : format.largest() + " bytes") + ")"));
    }
}
