// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/metrics.md} is what is registered, and what Prometheus is told. */
class MetricsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

    private static List<String> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `sluice.") && line.contains("`sluice_"))
                .toList();
    }

    private static String row(Metric metric) {
        String tags = metric.tagKeys().stream().map(key -> "`" + key + "`").collect(joining(", "));
        String kind = metric.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return Stream.of("`" + metric.id() + "`", "`" + prometheus(metric) + "`", kind, tags, metric.description())
                .collect(joining(" | ", "| ", " |"))
                .replace("|  |", "| |");
    }

    private static String prometheus(Metric metric) {
        String name = metric.id().replace('.', '_');
        Metric.Unit unit = metric.unit();
        String withUnit = unit == null || name.endsWith("_" + unit.text()) ? name : name + "_" + unit.text();
        return metric.kind() == Metric.Kind.COUNTER ? withUnit + "_total" : withUnit;
    }

    @Test
    void theTableIsTheListOfMetrics() throws IOException {
        assertThat(rows())
                .containsExactlyElementsOf(
                        Stream.of(Metric.values()).map(MetricsDocumentTest::row).toList());
    }

    @Test
    void prometheusIsToldEachByTheNameInTheTable() throws Exception {
        Scrape scrape = Scrape.ofAMockRun();
        for (Metric metric : Metric.values()) {
            boolean isTimer = metric.kind() == Metric.Kind.TIMER || metric.kind() == Metric.Kind.LONG_TASK_TIMER;
            assertThat(scrape.labels()).containsKey(prometheus(metric) + (isTimer ? "_count" : ""));
        }
    }
}
