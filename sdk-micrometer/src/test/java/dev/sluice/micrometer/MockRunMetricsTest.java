// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs of the real executor come to. */
class MockRunMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void aRunWithARetryAndOneThatFailsAreMeasured() throws Exception {
        try (SluiceMetrics metrics = MockRun.in(registry)) {
            assertThat(metrics).isNotNull();
            assertThat(count("sluice.runs.begun", "how", "new")).isEqualTo(2);
            assertThat(timed("sluice.run", "outcome", "succeeded")).isEqualTo(1);
            assertThat(timed("sluice.run", "outcome", "failed")).isEqualTo(1);
            assertThat(steps("create_replication_user")).isEqualTo(2);
            assertThat(timed("sluice.step", "step", "enable_replication", "outcome", "failed"))
                    .isEqualTo(1);
            assertThat(count("sluice.retries", "step", "create_replication_user"))
                    .isEqualTo(1);
            assertThat(count("sluice.outcomes.unknown", "step", "create_replication_user"))
                    .isEqualTo(1);
            assertThat(timed("sluice.verification", "outcome", "clean")).isEqualTo(1);
            assertThat(registry.get("sluice.runs.left").gauge().value()).isEqualTo(1);
        }
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    /** However they ended: one whose answer was lost is found in place. */
    private long steps(String step) {
        return registry.get("sluice.step").tags("step", step).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private long timed(String name, String... tags) {
        return registry.get(name).tags(tags).timer().count();
    }

    /** Names of runs and servers would make a series each, and hosts are nobody's business. */
    @Test
    void noTagNamesARunOrAServer() throws Exception {
        try (SluiceMetrics metrics = MockRun.in(registry)) {
            assertThat(metrics).isNotNull();
            List<String> values = registry.getMeters().stream()
                    .map(Meter::getId)
                    .flatMap(id -> id.getTags().stream())
                    .map(Tag::getValue)
                    .toList();

            assertThat(values)
                    .isNotEmpty()
                    .allMatch(value -> value.matches("[a-z_]+|[A-Z]+-\\d+"))
                    .noneMatch(value -> value.contains("secret"));
        }
    }

    @Test
    void everyMeterIsOneOfTheList() throws Exception {
        try (SluiceMetrics metrics = MockRun.in(registry)) {
            assertThat(metrics).isNotNull();
            for (Meter meter : registry.getMeters()) {
                assertThat(Metric.values()).anyMatch(metric -> isOf(metric, meter.getId()));
            }
        }
    }

    private static boolean isOf(Metric metric, Meter.Id id) {
        return metric.id().equals(id.getName())
                && id.getTags().stream()
                        .map(Tag::getKey)
                        .sorted()
                        .toList()
                        .equals(metric.tagKeys().stream().sorted().toList());
    }
}
