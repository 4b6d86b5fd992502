// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.CoordinatesReader;
import dev.sluice.core.mysql.Dialect;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Where the source's log stood when a step asked first. One object a step, one thread at a time. */
final class SourceAtStart {
    private final Clock clock;
    private @Nullable Coordinates known;

    SourceAtStart(Clock clock) {
        this.clock = clock;
    }

    Coordinates read(LiveContext live) {
        Coordinates found = known;
        if (found == null) {
            found = new CoordinatesReader(Dialect.of(live.source().version()), clock)
                    .read(live.sourceSession(), "", "read when the step began");
            known = found;
        }
        return found;
    }
}
