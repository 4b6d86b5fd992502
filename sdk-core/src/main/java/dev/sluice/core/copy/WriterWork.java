// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import dev.sluice.core.catalog.TableDefinition;

/** What a writer does next. */
sealed interface WriterWork {
    /** Writes a batch of rows. */
    record Rows(Batch batch) implements WriterWork {}

    /** Adds the keys of a table whose rows are all there. */
    record Keys(TableDefinition table) implements WriterWork {}
}
