// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.plan.ReplicationPlan;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * A plan and the servers for which the reference of statements shows some of its steps.
 *
 * @param name what is special about it, for readers
 * @param plan the plan between two servers
 * @param source what is special about the source, as {@link DocumentedServer} reads it: {@code ""} or {@code +gtid}
 * @param replica the same of the replica, or {@link GuidePreview#NEW}
 * @param isRunning whether the replica follows the source already
 * @param rows the steps that are shown; all if there are none
 */
record StepCase(
        String name,
        BiFunction<SourceEndpoint, ReplicaEndpoint, Plan> plan,
        String source,
        String replica,
        boolean isRunning,
        List<GuideStep> rows) {
    /** Between two ordinary servers. */
    static StepCase of(String name, BiFunction<SourceEndpoint, ReplicaEndpoint, Plan> plan) {
        return new StepCase(name, plan, "", "", false, List.of());
    }

    StepCase source(String traits) {
        return new StepCase(name, plan, traits, replica, isRunning, rows);
    }

    StepCase replica(String traits) {
        return new StepCase(name, plan, source, traits, isRunning, rows);
    }

    /** The same, with more in the plan that sets a replication up. */
    StepCase plus(UnaryOperator<ReplicationPlan> more) {
        return new StepCase(
                name,
                (from, to) -> more.apply((ReplicationPlan) plan.apply(from, to)),
                source,
                replica,
                isRunning,
                rows);
    }

    StepCase running() {
        return new StepCase(name, plan, source, replica, true, rows);
    }

    StepCase showing(GuideStep... those) {
        return new StepCase(name, plan, source, replica, isRunning, List.of(those));
    }

    boolean shows(GuideStep row) {
        return rows.isEmpty() || rows.contains(row);
    }
}
