// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Finds and makes meters in the host's registry, and takes the gauges away in the end. Thread-safe. */
final class Meters implements AutoCloseable {
    private final MeterRegistry registry;
    private final Tags common;
    private final List<Meter> gauges = new CopyOnWriteArrayList<>();

    Meters(MeterRegistry registry, Tags common) {
        this.registry = registry;
        this.common = common;
    }

    /** Others in the same registry, whose gauges are taken away by themselves. */
    Meters another() {
        return new Meters(registry, common);
    }

    Counter counter(Metric metric, String... values) {
        return Counter.builder(metric.id())
                .description(metric.description())
                .baseUnit(unit(metric))
                .tags(tags(metric, values))
                .register(registry);
    }

    Timer timer(Metric metric, String... values) {
        return Timer.builder(metric.id())
                .description(metric.description())
                .tags(tags(metric, values))
                .register(registry);
    }

    LongTaskTimer longTaskTimer(Metric metric, String... values) {
        return LongTaskTimer.builder(metric.id())
                .description(metric.description())
                .tags(tags(metric, values))
                .register(registry);
    }

    /** The gauge keeps what it asks alive until this is closed. */
    <T> void gauge(Metric metric, T of, ToDoubleFunction<T> value, String... values) {
        gauges.add(Gauge.builder(metric.id(), of, value)
                .description(metric.description())
                .baseUnit(unit(metric))
                .tags(tags(metric, values))
                .strongReference(true)
                .register(registry));
    }

    /** Milliseconds since 1970, by the registry's clock. */
    long now() {
        return registry.config().clock().wallTime();
    }

    /** The value of a tag for a constant. */
    static String value(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String unit(Metric metric) {
        Metric.Unit unit = metric.unit();
        return unit == null ? null : unit.text();
    }

    private Tags tags(Metric metric, String... values) {
        List<String> keys = metric.tagKeys();
        if (keys.size() != values.length) {
            throw new IllegalArgumentException(metric + " has the tags " + keys);
        }
        Tags all = common;
        for (int i = 0; i < values.length; i++) {
            all = all.and(keys.get(i), values[i]);
        }
        return all;
    }

    /** Takes the gauges away; what was counted stays. */
    @Override
    public void close() {
        gauges.forEach(registry::remove);
        gauges.clear();
    }
}
