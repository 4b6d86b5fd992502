// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Since when a value is seen to be the same. One thread at a time. */
final class Stillness {
    private @Nullable Object value;
    private Duration since = Duration.ZERO;
    private boolean seen;

    /** Sees it again; returns whether it is another than the time before, as the first is. */
    boolean see(@Nullable Object now, Duration at) {
        if (seen && Objects.equals(value, now)) {
            return false;
        }
        seen = true;
        value = now;
        since = at;
        return true;
    }

    /** When it was seen for the first time in a row. */
    Duration since() {
        return since;
    }
}
