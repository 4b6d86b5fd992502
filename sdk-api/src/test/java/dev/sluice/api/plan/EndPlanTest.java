// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndPlanTest {
    private static final EndPlan END = EndPlan.of(new TestServer("db2"));
    private static final TestServer SOURCE = new TestServer("db1");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void theRetentionNeedsASourceAndIsOverZero() {
        assertThatThrownBy(() -> END.restoreRetention(DAY)).hasMessageContaining("source");
        assertThatThrownBy(END::restoreDefaultRetention).hasMessageContaining("source");
        assertThatThrownBy(() -> END.source(SOURCE).restoreRetention(Duration.ZERO))
                .hasMessageContaining("over zero");
    }

    @Test
    void theLastWordOnTheRetentionCounts() {
        EndPlan end = END.source(SOURCE);

        assertThat(end.restoreDefaultRetention().restoreRetention(DAY)).isEqualTo(end.restoreRetention(DAY));
        assertThat(end.restoreRetention(DAY).restoreDefaultRetention()).isEqualTo(end.restoreDefaultRetention());
        assertThat(end.restoreRetention(DAY)).isNotEqualTo(end);
    }

    @Test
    void eventsAreNotEnabledOnAServerThatGoesOnAsAReplica() {
        assertThatThrownBy(() -> END.enableEvents().keepConfiguration()).hasMessageContaining("both servers");
        assertThatThrownBy(() -> END.keepConfiguration().enableEvents()).hasMessageContaining("both servers");
    }
}
