// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitOperationTest {
    @ParameterizedTest
    @CsvSource({"PT168H,168 h", "PT30M,30 min", "PT90M,90 min", "PT45S,45 s", "PT1.5S,1500 ms"})
    void thePreviewTellsTheLongestWaitInPlainUnits(Duration deadline, String told) {
        WaitOperation wait =
                new WaitOperation(OperationInfo.reading("wait", Target.REPLICA, "wait"), "it runs", deadline);

        assertThat(wait.preview()).containsExactly("wait until it runs, at most " + told);
    }
}
