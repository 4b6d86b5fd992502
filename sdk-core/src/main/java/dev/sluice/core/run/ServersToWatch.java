// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.operation.Target;
import dev.sluice.api.plan.Plan;
import dev.sluice.api.spi.ServerAccess;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.plan.PlanContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens links of their own to the servers of a replication, for who watches it or waits for it. Immutable and thread-safe.
 *
 * @param contextOrNull for engines that are reached in a way of their own; null where the plan was not compiled
 */
record ServersToWatch(
        Connectors connectors, Plan plan, @Nullable StepContext contextOrNull) {
    /** A server that says nothing for so long cannot be asked; who watches has to say so soon. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    static ServersToWatch of(Connectors connectors, CompiledPlan compiled) {
        return new ServersToWatch(connectors, compiled.plan(), PlanContext.of(compiled));
    }

    static ServersToWatch of(Connectors connectors, Plan plan) {
        return new ServersToWatch(connectors, plan, null);
    }

    /** To the replica, closed by who asks for it. */
    ServerLink replica(Cancellation cancellation) {
        return link(plan.replica(), Target.REPLICA, cancellation);
    }

    /** To the source, closed by who asks for it; empty if the plan names none. Its address is looked up when the link is asked for. */
    Optional<Supplier<ServerLink>> source(Cancellation cancellation) {
        return plan.findSource().map(endpoint -> () -> link(endpoint, Target.SOURCE, cancellation));
    }

    private ServerLink link(Endpoint endpoint, Target target, Cancellation cancellation) {
        Optional<ServerAccess> access = connectors.engines().of(endpoint).access();
        StepContext context = contextOrNull;
        if (access.isPresent() && context != null) {
            return new AccessLink(access.get(), endpoint, target, context);
        }
        Connectors.PlainText plainText = Connectors.PlainText.of(plan.consents());
        return new MySqlLink(connectors.to(endpoint, plainText, Map.of(), ANSWER), cancellation);
    }
}
