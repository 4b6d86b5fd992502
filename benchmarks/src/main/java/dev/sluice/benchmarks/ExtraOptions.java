// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Rows beside the race, each asked for by an option of its own and in no ratio. */
final class ExtraOptions {
    private static final String SMALL_HEAP = "64m";
    private static final String HEAP_FOR_WIDEST = "128m";
    private static final int MEGABYTES = 8;
    private static final int MOST_MEGABYTES = 16;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            split = ",",
            description = "rows in which Sluice has this as -Xmx, such as 64m; in no ratio")
    private List<String> heaps = new ArrayList<>();

    @Option(
            names = "--redo-log-off",
            description = "a row in which the replica's redo log is off while Sluice copies; in no ratio")
    private boolean redoLogOff;

    @Option(
            names = "--warm",
            description = "a row in which Sluice copies in a JVM that has copied the same before; in no ratio")
    private boolean warm;

    @Option(
            names = "--large",
            description = "a table ten times as large as those of the narrow set, once, with -Xmx" + SMALL_HEAP)
    private boolean large;

    @Option(
            names = "--wide",
            description = "rows of 8 MB with -Xmx" + SMALL_HEAP + " and rows of 16 MB with -Xmx" + HEAP_FOR_WIDEST
                    + ", once each")
    private boolean wide;

    /** A data set that Sluice copies alone. */
    record Alone(DataSet data, Contender contender) {}

    /** Those that copy the same as everybody else. */
    List<Contender> beside(SdkThreads threads) {
        List<Contender> all = new ArrayList<>();
        heaps.forEach(heap -> all.add(SdkInChildJvm.withHeap(threads, heap)));
        if (redoLogOff) {
            all.add(new RedoLogOff(threads));
        }
        if (warm) {
            all.add(new SdkInWarmJvm(threads));
        }
        return all;
    }

    /** Those with data of their own. */
    List<Alone> alone(SdkThreads threads, long narrowRows) {
        List<Alone> all = new ArrayList<>();
        Contender small = SdkInChildJvm.withHeap(threads, SMALL_HEAP);
        if (large) {
            all.add(new Alone(LargeTable.besideNarrow(narrowRows), small));
        }
        if (wide) {
            all.add(new Alone(new WideRows(MEGABYTES), small));
            all.add(new Alone(new WideRows(MOST_MEGABYTES), SdkInChildJvm.withHeap(threads, HEAP_FOR_WIDEST)));
        }
        return all;
    }
}
