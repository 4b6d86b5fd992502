// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.compiled.CompiledStep;
import dev.sluice.api.error.ErrorCode;
import dev.sluice.api.error.Problem;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.LiveContext;
import java.util.List;

/** The servers have ids of their own, or the plan gives the replica one. */
final class ServerIdsEqual implements LiveCheck {
    private static final String QUERY = "SELECT @@GLOBAL.server_id";

    private final List<CompiledStep> steps;

    ServerIdsEqual(List<CompiledStep> steps) {
        this.steps = steps;
    }

    @Override
    public String id() {
        return "server-ids-equal";
    }

    @Override
    public ErrorCode code() {
        return CheckCode.SERVER_IDS_EQUAL;
    }

    @Override
    public Level level() {
        return Level.ERROR;
    }

    @Override
    public boolean canBeSkipped() {
        return false;
    }

    @Override
    public List<Problem> problems(LiveContext context) {
        String source = context.sourceSession().queryValue(QUERY).orElse("");
        String replica = context.replicaSession().queryValue(QUERY).orElse("");
        if (source.isEmpty()
                || !source.equals(replica)
                || !PlanReach.beginsReplication(context)
                || isChangedBy(steps)) {
            return List.of();
        }
        return List.of(Problem.of(
                code(),
                Labels.capital(Labels.source(context)) + " and " + Labels.replica(context) + " both have server_id "
                        + source));
    }

    /** Where an engine can change it, it does so while it prepares the replica, and with consent. */
    static boolean isChangedBy(List<CompiledStep> steps) {
        return steps.stream()
                .filter(step -> step.row() == GuideStep.PREPARE_REPLICA)
                .flatMap(step -> step.operations().stream())
                .flatMap(operation -> operation.preview().stream())
                .anyMatch(line -> line.contains("server_id"));
    }
}
