// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.micrometer;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.run.RunEvent;
import dev.sluice.api.run.RunId;
import dev.sluice.api.run.RunListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts and times runs in a registry of the host's: give it to {@code Sluice.builder().listener(…)}, once. Tags are names of steps, states, outcomes
 * and error codes, so that their number is bounded; no run, server, table or user is named.
 *
 * <pre>{@code
 * SluiceMetrics metrics = SluiceMetrics.in(registry);
 * Sluice sluice = Sluice.builder().engines(ExternalEngine.create()).listener(metrics).build();
 * ReplicationRun run = sluice.start(sluice.compile(plan));
 * run.monitor(metrics.replication("orders"));       // lag, health and both halves
 * }</pre>
 *
 * <p>Two of them in one registry need different common tags. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SluiceMetrics implements RunListener, AutoCloseable {
    private final Meters meters;
    private final RunMeters runs;
    private final StepMeters steps;
    private final CopyMeters copies;
    private final VerificationMeters verifications;
    private final Set<RunId> underWay = ConcurrentHashMap.newKeySet();
    private final Map<String, ReplicationMetrics> replications = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private SluiceMetrics(Meters meters) {
        this.meters = meters;
        this.runs = new RunMeters(meters);
        this.steps = new StepMeters(meters);
        this.copies = new CopyMeters(meters);
        this.verifications = new VerificationMeters(meters);
    }

    /** Metrics without common tags but those that the registry adds. */
    public static SluiceMetrics in(MeterRegistry registry) {
        return in(registry, Tags.empty());
    }

    /**
     * Metrics with tags of the host's.
     *
     * @param registry is not closed by this
     * @param common of every meter; no key of {@code docs/metrics.md}
     */
    public static SluiceMetrics in(MeterRegistry registry, Iterable<Tag> common) {
        return new SluiceMetrics(new Meters(requireNonNull(registry, "registry"), Tags.of(common)));
    }

    /**
     * A listener for the monitor of one replication. Its gauges are there from now on until it is closed, or this is.
     *
     * @param name the value of the tag {@code replication}: one of a few, such as that of the application whose data it is
     * @throws IllegalArgumentException if the name is blank
     * @throws IllegalStateException if another one has this name and is not closed, or this is closed
     */
    public ReplicationMetrics replication(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a replication is blank");
        }
        if (closed) {
            throw new IllegalStateException("These metrics are closed");
        }
        ReplicationMetrics made = new ReplicationMetrics(name, meters.another(), replications::remove);
        if (replications.putIfAbsent(name, made) != null) {
            throw new IllegalStateException("A replication named " + name + " is measured already");
        }
        made.begin();
        return made;
    }

    @Override
    public void onEvent(RunEvent event) {
        if (closed) {
            return;
        }
        if (event instanceof RunEvent.RunStarted || event instanceof RunEvent.RunResumed) {
            underWay.add(event.run());
        }
        // A run is told to have ended once more when it was abandoned: only its undoing is new then.
        if (event instanceof RunEvent.RunFinished finished && underWay.remove(event.run())) {
            finished.result().verification().ifPresent(verifications::add);
        }
        runs.onEvent(event);
        steps.onEvent(event);
        copies.onEvent(event);
    }

    /** Takes all gauges out of the registry, those of replications too; what was counted stays there. Hears of nothing more. */
    @Override
    public void close() {
        closed = true;
        replications.values().forEach(ReplicationMetrics::close);
        steps.close();
        meters.close();
    }
}
