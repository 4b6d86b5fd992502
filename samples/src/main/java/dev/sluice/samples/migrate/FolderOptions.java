// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.aurora.AuroraEngine;
import dev.sluice.core.Sluice;
import dev.sluice.core.SluiceBuilder;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.copy.LiveBudget;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.rds.RdsEngine;
import dev.sluice.rds.aws.AwsClients;
import dev.sluice.report.RunReports;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a migration keeps what it has to know in its next process, and what it may use. */
final class FolderOptions {
    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description =
                    "the migration's folder: journal, reports, and the look-alike's addresses (default: migration)")
    private Path folder = Path.of("migration");

    @Option(
            names = "--without-aws",
            description = "use no credentials of AWS: what only AWS's API can do, you are asked to do")
    private boolean withoutAws;

    @Option(
            names = "--bytes-per-second",
            paramLabel = "N",
            description =
                    "how many bytes of rows the copy may read in a second, at least 65536 (default: as many as come)")
    private @Nullable Long bytesPerSecond;

    Path folder() {
        return folder;
    }

    LookAlike lookAlike() {
        return new LookAlike(folder);
    }

    /** With a journal in files, from which another process can go on, and a report of each run. */
    Sluice sluice() {
        boolean aws = !withoutAws && !lookAlike().isThere();
        SluiceBuilder builder = Sluice.builder()
                .engines(
                        aws ? RdsEngine.create(AwsClients.defaultChain()) : RdsEngine.create(),
                        aws ? AuroraEngine.create(AwsClients.defaultChain()) : AuroraEngine.create())
                .journal(FileJournal.in(folder.resolve("journal")))
                .reports(RunReports.in(folder.resolve("reports")));
        Long limit = bytesPerSecond;
        return (limit == null
                        ? builder
                        : builder.copyBudget(
                                LiveBudget.of(CopyBudget.atMost(4, 4).bytesPerSecond(limit))))
                .build();
    }
}
