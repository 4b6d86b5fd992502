// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CopyBudgetTest {
    @Test
    void whatIsOutOfRangeIsRefused() {
        assertThatThrownBy(() -> CopyBudget.fixed(0, 1)).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> CopyBudget.atMost(1, 65)).hasMessageContaining("1 to 64");
        assertThatThrownBy(() -> CopyBudget.atMost(1, 1).bytesPerSecond(65_535)).hasMessageContaining("65536");
        assertThatThrownBy(() -> CopyBudget.atMost(1, 1).sourceThreadsRunning(0))
                .hasMessageContaining("one thread");
    }

    @Test
    void aLimitKeepsTheOthers() {
        CopyBudget budget = CopyBudget.fixed(3, 5).bytesPerSecond(70_000).sourceThreadsRunning(20);

        assertThat(budget.readers()).isEqualTo(3);
        assertThat(budget.writers()).isEqualTo(5);
        assertThat(budget.tuning()).isEqualTo(CopyBudget.Tuning.FIXED);
        assertThat(budget.bytesPerSecond()).isEqualTo(70_000);
        assertThat(budget.sourceThreadsRunning()).isEqualTo(20);
    }
}
