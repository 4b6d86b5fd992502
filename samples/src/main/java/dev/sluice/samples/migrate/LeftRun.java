// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.run.RecordedRun;
import dev.sluice.api.run.RunId;
import dev.sluice.core.Sluice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which run is meant. */
final class LeftRun {
    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "which run, as 'status' shows it (default: the newest that waits to be resumed or abandoned)")
    private @Nullable String run;

    RunId in(Sluice sluice) {
        if (run != null) {
            return new RunId(run);
        }
        List<RecordedRun> left = sluice.runs().stream()
                .filter(known -> known.condition().isLeft())
                .toList();
        if (left.isEmpty()) {
            throw new Misunderstood("No run of this folder waits to be resumed or abandoned");
        }
        return left.get(left.size() - 1).id();
    }
}
