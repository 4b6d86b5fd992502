// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLimitsTest {
    private static final long MIB = 1 << 20;

    /** Heap in MiB, batches, KiB of one. */
    @ParameterizedTest
    @CsvSource({
        "16, 10, 204",
        "64, 10, 511",
        "64, 40, 204",
        "128, 12, 511",
        "255, 1, 511",
        "256, 16, 2048",
        "256, 20, 1638",
        "1024, 12, 2048",
        "512, 400, 163",
        "64, 400, 128"
    })
    void batchesShareAnEighthOfTheHeapAndBreakUpNoSmallOne(long heap, int batches, int kibibytes) {
        assertThat(new MemoryLimits(heap * MIB).batchBytes(batches) >> 10).isEqualTo(kibibytes);
    }

    @Test
    void smallHeapsHaveFewReaders() {
        assertThat(new MemoryLimits(64 * MIB).readers(8)).isEqualTo(2);
        assertThat(new MemoryLimits(16 * MIB).readers(8)).isEqualTo(1);
        assertThat(new MemoryLimits(1024 * MIB).readers(8)).isEqualTo(8);
    }

    @Test
    void asManyBatchesAsAnEighthOfTheHeapHolds() {
        assertThat(new MemoryLimits(1024 * MIB).batches((int) (2 * MIB))).isEqualTo(64);
        assertThat(new MemoryLimits(16 * MIB).batches((int) (4 * MIB))).isOne();
    }
}
