// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Tries points of the kill matrix, several at a time, each on servers of its own, and tells of each as it ends. */
final class KillMatrix {
    /** A run at a random moment may have ended before; then a sooner moment is taken, so often. */
    private static final int SOONER = 6;

    private final Undisturbed undisturbed;
    private final Path folder;
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong longestPause = new AtomicLong();

    /** @param folder of files that need not stay */
    KillMatrix(Undisturbed undisturbed, Path folder) {
        this.undisturbed = undisturbed;
        this.folder = folder;
    }

    /** What became of each, in the order in which they were given. */
    Map<MatrixPoint, KillOutcome> tryAll(List<MatrixPoint> points, int workers) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(workers);
        try {
            List<Future<KillOutcome>> outcomes = new ArrayList<>();
            for (MatrixPoint point : points) {
                outcomes.add(executor.submit(() -> told(point, points.size())));
            }
            Map<Integer, KillOutcome> byNumber = new TreeMap<>();
            for (int i = 0; i < points.size(); i++) {
                byNumber.put(i, of(outcomes.get(i)));
            }
            return inOrder(points, byNumber);
        } finally {
            executor.shutdownNow();
        }
    }

    /** The longest time, over all points, that the application on the source was held up: by locks, and by a machine that has much else to do. */
    Duration longestPause() {
        return Duration.ofMillis(longestPause.get());
    }

    private static Map<MatrixPoint, KillOutcome> inOrder(List<MatrixPoint> points, Map<Integer, KillOutcome> byNumber) {
        Map<MatrixPoint, KillOutcome> all = new LinkedHashMap<>();
        byNumber.forEach((number, outcome) -> all.put(points.get(number), outcome));
        return all;
    }

    private static KillOutcome of(Future<KillOutcome> outcome) throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException defect) {
            return KillOutcome.failed("the harness failed: " + defect.getCause());
        }
    }

    private KillOutcome told(MatrixPoint point, int of) {
        long began = System.nanoTime();
        KillOutcome outcome = tried(point);
        System.out.printf(
                "KILL %d/%d %s %s: %s (%d s)%n",
                done.incrementAndGet(),
                of,
                point.name(),
                point.moment().where(),
                outcome,
                Duration.ofNanos(System.nanoTime() - began).toSeconds());
        return outcome;
    }

    private KillOutcome tried(MatrixPoint point) {
        KillMoment moment = point.moment();
        try {
            for (int i = 0; i < SOONER; i++) {
                try (KillAttempt attempt = new KillAttempt(folder.resolve("kill-" + attempts.incrementAndGet()))) {
                    if (moment.killIn(attempt) && !(point.isAbandoned() && attempt.isComplete())) {
                        KillCheck check = new KillCheck(undisturbed);
                        KillOutcome outcome = point.isAbandoned() ? check.abandon(attempt) : check.resume(attempt);
                        longestPause.accumulateAndGet(attempt.longestPause().toMillis(), Math::max);
                        return outcome;
                    }
                }
                moment = moment.sooner();
            }
            return KillOutcome.NOT_REACHED;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return KillOutcome.failed("the harness was stopped");
        } catch (Exception | AssertionError failure) {
            return KillOutcome.failed("failed: " + failure);
        }
    }
}
