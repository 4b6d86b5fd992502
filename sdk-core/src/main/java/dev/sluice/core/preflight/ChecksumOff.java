// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.List;

/** Events carry checksums, by which the replica sees that they arrived as they were written. */
final class ChecksumOff extends NamedRule {
    ChecksumOff() {
        super("checksum-off", LogCode.CHECKSUM_OFF, Level.NOTE);
    }

    @Override
    public List<Problem> problems(StepContext context) {
        return PlanReach.replicates(context)
                ? told(Labels.source(context), otherThan("CRC32", "binlog_checksum", context))
                : List.of();
    }
}
