// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.Contender.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {
    @TempDir
    private Path folder;

    @Test
    void ratiosAndWhoIsMissingAreWrittenDown() throws IOException {
        Path file = folder.resolve("new").resolve("report.json");
        RaceResult result = new RaceResult(
                "narrow",
                "rows",
                Map.of(new Timed(Role.SDK), List.of(Timed.turn(3)), new Timed(Role.LIMIT), List.of(Timed.turn(2))),
                Map.of("mydumper", "not on the \"PATH\""));

        BenchReport.write(file, Map.of("processors", "2"), Map.of(), json -> BenchReport.races(json, List.of(result)));

        assertThat(Files.readString(file))
                .contains("\"processors\" : \"2\"", "\"vs_limit\" : 1.5", "\"mydumper\" : \"not on the \\\"PATH\\\"\"")
                .doesNotContain("vs_mydumper");
    }
}
