// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who takes part in a race. */
final class PeerOptions {
    /** The ways to copy, by the names that people type. */
    enum Way {
        sdk,
        mysqldump,
        mydumper,
        limit
    }

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WAY",
            description = "who takes part: ${COMPLETION-CANDIDATES}; a ratio needs both of its sides")
    private List<Way> only = new ArrayList<>();

    @Option(
            names = "--mydumper-threads",
            defaultValue = "2,4",
            split = ",",
            paramLabel = "NUMBER",
            description = "threads of mydumper and myloader, each in turns of its own, of which the fastest counts"
                    + " (default: ${DEFAULT-VALUE})")
    private List<Integer> mydumperThreads = List.of();

    @Option(
            names = "--limit-threads",
            defaultValue = "2,4",
            split = ",",
            paramLabel = "NUMBER",
            description = "tables at once at the server's limit, each in turns of its own, of which the fastest counts"
                    + " (default: ${DEFAULT-VALUE})")
    private List<Integer> limitThreads = List.of();

    @Option(
            names = "--no-install",
            description = "do not install mydumper where it is missing; the report then says that it is")
    private boolean declined;

    /** Those that were asked for, or these. */
    private Set<Way> ways(Set<Way> otherwise) {
        return only.isEmpty() ? otherwise : EnumSet.copyOf(only);
    }

    /**
     * Who takes part, in the order of the first turn. Installs what is missing, if it may.
     *
     * @param otherwise who does if the command line does not say
     * @param run how many threads Sluice has, and of which release the servers are
     * @param files what the server's limit loads
     */
    List<Contender> contenders(Set<Way> otherwise, RunOptions run, ReadyFiles files, PrintStream out) {
        List<Contender> contenders = new ArrayList<>();
        for (Way way : ways(otherwise)) {
            switch (way) {
                case sdk -> contenders.add(SdkInChildJvm.with(run.threads()));
                case mysqldump -> contenders.add(new MysqldumpAndMysql(run.release()));
                case mydumper -> contenders.addAll(mydumpers(out));
                case limit -> contenders.addAll(limits(files));
            }
        }
        return contenders;
    }

    /** The server's limit, with each number of tables at once. */
    private List<Contender> limits(ReadyFiles files) {
        return limitThreads.stream()
                .<Contender>map(threads -> new ServersLimit(threads, files))
                .toList();
    }

    private List<Contender> mydumpers(PrintStream out) {
        @Nullable
        String missing = PackageInstall.mydumper(new SystemShell(), out)
                .missing(declined ? PackageInstall.Consent.DECLINED : PackageInstall.Consent.GIVEN)
                .orElse(null);
        return mydumperThreads.stream()
                .<Contender>map(threads -> new MydumperAndMyloader(threads, missing))
                .toList();
    }
}
