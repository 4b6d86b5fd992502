// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.plan;

import dev.sluice.api.spi.Step;
import java.util.List;

/**
 * How the source's data gets to the replica, as negotiated.
 *
 * @param snapshot the row SNAPSHOT
 * @param load the row LOAD
 * @param notes for the preview: what was chosen, and why what the plan prefers falls out
 */
record SeedChoice(Step snapshot, Step load, List<String> notes) {
    SeedChoice {
        notes = List.copyOf(notes);
    }
}
