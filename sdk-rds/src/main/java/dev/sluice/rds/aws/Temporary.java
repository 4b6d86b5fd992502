// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.operation.ControlPlaneOperation;
import dev.sluice.api.run.RunId;
import java.util.Locale;

/** How everything that a run makes in AWS for a while is named and tagged: by the run's id. */
public final class Temporary {
    /** The key of the tag whose value is the run's id. */
    public static final String TAG = "sluice-run";

    /** The name before the run is known. */
    public static final String NAME = name(ControlPlaneOperation.RUN);

    private static final String PREFIX = "sluice-";

    private Temporary() {}

    /** What a run calls its instance, snapshot or cluster; AWS writes identifiers in lower case. */
    public static String name(RunId run) {
        return name(run.value().toLowerCase(Locale.ROOT));
    }

    private static String name(String run) {
        return PREFIX + run;
    }

    /** Whose it is, by its name. */
    static String runOf(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
    }
}
