// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.dump.DumpCode;
import dev.sluice.core.dump.DumpPrograms;
import java.util.List;
import java.util.Optional;

/** The programs of a copy by mysqldump are on this host, are MySQL's, and are new enough for the source. */
final class ProgramsMissing implements LiveCheck {
    private final Optional<DumpPrograms> programs;

    ProgramsMissing(Optional<DumpPrograms> programs) {
        this.programs = programs;
    }

    @Override
    public String id() {
        return "programs-missing";
    }

    @Override
    public ErrorCode code() {
        return DumpCode.PROGRAM_MISSING;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        if (programs.isEmpty() || !PlanReach.dumps(context)) {
            return List.of();
        }
        try {
            programs.get().require(context.source().version());
            return List.of();
        } catch (StepRefusedException unusable) {
            return unusable.problems();
        }
    }
}
