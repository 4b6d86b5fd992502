// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.run.ReplicationHealth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/monitoring.md} has a row for every health, with its concern. */
class MonitoringDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "monitoring.md");

    @ParameterizedTest
    @EnumSource
    void everyHealthHasItsRow(ReplicationHealth health) throws IOException {
        assertThat(Files.readAllLines(DOCUMENT))
                .filteredOn(line -> line.startsWith("| `") && line.split("\\|")[1].contains("`" + health + "`"))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("| " + health.concern() + " |"));
    }
}
