// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.monitor;

import dev.sluice.api.coordinates.Coordinates;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a look at the source came to. Immutable and thread-safe. */
public sealed interface SourceSight {
    /**
     * It was asked.
     *
     * @param at where its binary log stood
     * @param asked when
     * @param logs its binary logs that were known, in order, with their sizes in bytes; those of the last may be from before
     */
    record Seen(Coordinates at, Asked asked, Map<String, Long> logs) implements SourceSight {
        public Seen {
            logs = Collections.unmodifiableMap(new LinkedHashMap<>(logs));
        }
    }

    /** This host does not get through to it, or it does not answer. */
    record Away(String why) implements SourceSight {}

    /** It answers and does not say where it stands, or nobody knows it. */
    record Unknown(String why) implements SourceSight {}
}
