// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.ReplicationPlan;
import java.util.List;

/** Stands where a host gave no programs. */
final class NoPrograms implements DumpPrograms {
    private static final Problem NONE_GIVEN =
            Problem.of(DumpCode.NO_PROGRAMS, "mysqldump is to copy, and no client programs were given");

    @Override
    public List<Problem> problems(ReplicationPlan plan) {
        return List.of(NONE_GIVEN);
    }

    @Override
    public List<String> snapshotTemplates() {
        return List.of();
    }

    @Override
    public List<String> loadTemplates() {
        return List.of();
    }

    @Override
    public void require(ServerVersion source) {
        throw new StepRefusedException(NONE_GIVEN);
    }

    @Override
    public DumpAndLoad copy(DumpRequest request, DumpListener listener) {
        throw new StepRefusedException(NONE_GIVEN);
    }
}
