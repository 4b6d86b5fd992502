// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.spi.StepContext;
import java.util.Locale;

/** What messages call a plan's servers. */
final class Labels {
    private Labels() {}

    static String source(StepContext context) {
        return "the source " + context.plan().findSource().orElseThrow().label();
    }

    static String replica(StepContext context) {
        return "the replica " + context.plan().replica().label();
    }

    /** The same at the beginning of a sentence. */
    static String capital(String label) {
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }
}
