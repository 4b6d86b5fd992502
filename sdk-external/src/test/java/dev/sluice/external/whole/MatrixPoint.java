// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * One point of the kill matrix.
 *
 * @param moment when the process dies
 * @param isAbandoned whether the run is taken back then; it is resumed otherwise
 */
record MatrixPoint(KillMoment moment, boolean isAbandoned) {
    /** Of the points that are resumed so many are abandoned as well, one in this number. */
    private static final int ABANDONED = 6;

    /**
     * All of them: each record's two moments, and so many at random. A part of them, chosen by the seed, is also abandoned, as long as there is
     * something to take back.
     */
    static List<MatrixPoint> all(Undisturbed run, long seed, int randoms) {
        List<KillMoment> random = atRandom(run, seed, randoms);
        List<MatrixPoint> all = new ArrayList<>();
        atRecords(run).forEach(moment -> all.add(new MatrixPoint(moment, false)));
        random.forEach(moment -> all.add(new MatrixPoint(moment, false)));
        List<KillMoment> undoable = new ArrayList<>(random);
        run.points(run.complete() - 1).forEach(point -> undoable.add(new KillMoment.AtRecord(point)));
        Collections.shuffle(undoable, new Random(seed));
        undoable.subList(0, undoable.size() / ABANDONED).forEach(moment -> all.add(new MatrixPoint(moment, true)));
        return all;
    }

    private static List<KillMoment> atRecords(Undisturbed run) {
        List<KillMoment> moments = new ArrayList<>();
        run.points(run.records().size()).forEach(point -> moments.add(new KillMoment.AtRecord(point)));
        return moments;
    }

    private static List<KillMoment> atRandom(Undisturbed run, long seed, int randoms) {
        return LongStream.rangeClosed(seed + 1, seed + randoms)
                .<KillMoment>mapToObj(each -> KillMoment.AtRandom.of(each, run))
                .toList();
    }

    /** The one of this name, whether or not it is among {@link #all}: what is abandoned of them depends on how many records a run has. */
    static List<MatrixPoint> named(String name, Undisturbed run, long seed, int randoms) {
        return Stream.concat(atRecords(run).stream(), atRandom(run, seed, randoms).stream())
                .flatMap(moment -> Stream.of(new MatrixPoint(moment, false), new MatrixPoint(moment, true)))
                .filter(point -> point.name().equals(name))
                .toList();
    }

    /** By which it is asked for again. */
    String name() {
        return (isAbandoned ? "abandon/" : "resume/") + moment.name();
    }
}
