// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.preflight.Finding;
import dev.sluice.api.spi.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes checks side by side, in a few lanes: each takes the next check that nobody has taken, on sessions of its own. Not thread-safe. */
final class CheckLanes implements AutoCloseable {
    /** How long an interrupted preflight waits for its lanes to let go of their servers. */
    private static final long LETTING_GO_SECONDS = 5;

    private final List<CheckRunner> lanes;

    CheckLanes(int count, Supplier<CheckRunner> lane) {
        this.lanes = Stream.generate(lane).limit(count).toList();
    }

    /** A check that was made, and what it found. */
    record Made(Check check, List<Finding> findings) {}

    /** What one check finds, before all others. */
    List<Finding> run(Check check) {
        return lanes.get(0).run(check);
    }

    /** What each of the checks that were made finds, in their order: all of them, unless this thread was interrupted. */
    List<Made> run(List<Check> checks) {
        Map<Integer, List<Finding>> found = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        ExecutorService drivers = Executors.newFixedThreadPool(lanes.size(), CheckRunner::thread);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (CheckRunner lane : lanes) {
                running.add(drivers.submit(() -> drive(lane, checks, next, found)));
            }
            await(running, drivers);
        } finally {
            drivers.shutdownNow();
        }
        sayWhatWasNotMade(checks, found);
        return new TreeMap<>(found)
                .entrySet().stream()
                        .map(one -> new Made(checks.get(one.getKey()), one.getValue()))
                        .toList();
    }

    /** A report without some checks must not pass, also where a lane did not come back in time to say so. */
    private static void sayWhatWasNotMade(List<Check> checks, Map<Integer, List<Finding>> found) {
        if (found.values().stream().noneMatch(FailedCheck::wasInterrupted)) {
            IntStream.range(0, checks.size())
                    .filter(index -> !found.containsKey(index))
                    .findFirst()
                    .ifPresent(index -> found.put(index, List.of(FailedCheck.interrupted(checks.get(index)))));
        }
    }

    private static void drive(
            CheckRunner lane, List<Check> checks, AtomicInteger next, Map<Integer, List<Finding>> found) {
        for (int index = next.getAndIncrement(); index < checks.size(); index = next.getAndIncrement()) {
            List<Finding> findings = lane.run(checks.get(index));
            found.put(index, findings);
            if (FailedCheck.wasInterrupted(findings)) {
                return;
            }
        }
    }

    private static void await(List<Future<?>> running, ExecutorService drivers) {
        try {
            for (Future<?> lane : running) {
                lane.get();
            }
        } catch (ExecutionException broken) {
            if (broken.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(broken.getCause());
        } catch (InterruptedException interrupted) {
            letGo(drivers);
            Thread.currentThread().interrupt();
        }
    }

    private static void letGo(ExecutorService drivers) {
        drivers.shutdownNow();
        try {
            drivers.awaitTermination(LETTING_GO_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        lanes.forEach(CheckRunner::close);
    }
}
