// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Dialect;
import java.util.List;

/** The definitions of a table have drifted apart. */
final class ColumnNotConverted implements ApplierRow {
    @Override
    public String id() {
        return "column-not-converted";
    }

    @Override
    public FailureCode code() {
        return FailureCode.COLUMN_NOT_CONVERTED;
    }

    @Override
    public String recognisedBy() {
        return "applier's numbers 1677, 13146";
    }

    @Override
    public List<String> remedyNames() {
        return List.of("convert", "start", "start-by-plan");
    }

    @Override
    public boolean isShownBy(ChannelError error) {
        return error.number() == 1677 || error.number() == 13146 || error.says("cannot be converted from type");
    }

    @Override
    public FindingDraft describe(FindingDraft draft, Symptoms symptoms) {
        String variable = Dialect.of(symptoms.replica().version()).variable("replica_type_conversions");
        return draft.seenTransaction()
                .seen(symptoms.replica().variable(variable).map(value -> variable + " = '" + value + "'"))
                .set(
                        "convert",
                        "Let the replica convert where nothing is lost",
                        variable,
                        "ALL_NON_LOSSY",
                        "Helps where the replica's column can hold every value of the source's; otherwise it stops again.")
                .start("Once the column has the source's type: ALTER TABLE on the replica.");
    }
}
