// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.ReplicationPlan;
import java.util.List;

/** Programs that suit every plan and are never started. */
public final class IdlePrograms implements DumpPrograms {
    private final List<Problem> unusable;

    /** @param unusable what is found where they are looked at before a run */
    public IdlePrograms(Problem... unusable) {
        this.unusable = List.of(unusable);
    }

    @Override
    public List<Problem> problems(ReplicationPlan plan) {
        return List.of();
    }

    @Override
    public List<String> snapshotTemplates() {
        return List.of("dump <databases>");
    }

    @Override
    public List<String> loadTemplates() {
        return List.of("load <what was dumped>");
    }

    @Override
    public void require(ServerVersion source) {
        if (!unusable.isEmpty()) {
            throw new StepRefusedException(unusable.get(0));
        }
    }

    @Override
    public DumpAndLoad copy(DumpRequest request, DumpListener listener) {
        throw new AssertionError("Nothing is to be copied by programs");
    }
}
