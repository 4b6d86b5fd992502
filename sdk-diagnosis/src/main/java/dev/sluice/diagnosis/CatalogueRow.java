// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.spi.FailureRow;
import java.util.List;

/** One of the catalogue's own rows, with what it tells about itself for the list in {@code docs/diagnosis.md}. */
interface CatalogueRow extends FailureRow {
    /** The code of its findings. */
    FailureCode code();

    /** By what it is recognised, in a few words. */
    String recognisedBy();

    /** The names of the remedies that it offers where they apply, the one that loses least first. */
    List<String> remedyNames();
}
