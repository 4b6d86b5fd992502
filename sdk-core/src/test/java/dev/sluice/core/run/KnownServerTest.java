// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.facts.ServerIdentity;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownServerTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String UUID = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    private static KnownServer seen(String uuid, String name, long up, long after) {
        return new KnownServer(new ServerIdentity(uuid, name, true, Duration.ofSeconds(up)), THEN.plusSeconds(after));
    }

    @Test
    void goesOnAsLongAsItIsTheSameAndRuns() {
        assertThat(seen(UUID, "a", 100, 0).goesOnAs(seen(UUID, "a", 159, 60))).isTrue();
    }

    @Test
    void aRestartIsSeenByItsUptime() {
        assertThat(seen(UUID, "a", 100, 0).goesOnAs(seen(UUID, "a", 3, 60))).isFalse();
    }

    @Test
    void aStandbyHasTheSameUuidOnAnotherHost() {
        assertThat(seen(UUID, "a", 100, 0).goesOnAs(seen(UUID, "b", 160, 60))).isFalse();
    }
}
