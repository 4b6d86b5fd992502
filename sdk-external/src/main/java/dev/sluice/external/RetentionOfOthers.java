// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.SharedRetention;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A source whose retention runs of other replicas have raised for a while, and that need it at the moment: its facts have what was there before them,
 * so that the last run that lowers it does not take what another one has set for the source's own.
 */
final class RetentionOfOthers {
    /** A fact of this name has the name of the variable that only others have persisted. */
    private static final String PERSISTED = "sluice.retention-persisted-by-others";

    private RetentionOfOthers() {}

    /** What runs of other replicas are to know of a source; see {@link dev.sluice.api.spi.Step#sharedBefore}. */
    static long told(Retention before) {
        boolean isPersisted =
                PersistedVariables.find(before.source(), before.variable()).isPresent();
        return before.value() << 1 | (isPersisted ? 1 : 0);
    }

    /** The facts as they were before the others. To be asked for before what is persisted. */
    static ServerFacts takenOff(ServerFacts facts, ServerSession session) {
        OptionalLong told = SharedRetention.told(session);
        if (told.isEmpty()) {
            return facts;
        }
        Retention now = Retention.of(facts);
        ServerFacts before = facts.plusVariables(Map.of(
                now.variable(),
                Long.toString(told.getAsLong() >> 1),
                SharedRetention.RAISED,
                Long.toString(now.value())));
        return (told.getAsLong() & 1) == 1 ? before : before.plusVariables(Map.of(PERSISTED, now.variable()));
    }

    static Optional<String> persisted(ServerFacts facts) {
        return facts.variable(PERSISTED);
    }

    /** As high as the others have it; empty if there are none. */
    static Optional<Long> raised(ServerFacts source) {
        return source.variable(SharedRetention.RAISED).map(Long::valueOf);
    }
}
