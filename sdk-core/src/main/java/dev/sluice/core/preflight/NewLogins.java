// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.plan.PassedOnContext;
import java.util.List;
import java.util.Optional;

/**
 * A plan's context for logins that are still to be created: who holds nothing yet needs all that a plan needs, and not what others happen to
 * hold in its place.
 *
 * @param sourceLogin quoted
 * @param replicaLogin quoted
 */
record NewLogins(StepContext context, String sourceLogin, String replicaLogin) implements PassedOnContext {
    @Override
    public ServerFacts source() {
        return of(context.source(), sourceLogin);
    }

    @Override
    public Optional<ServerFacts> findSource() {
        return context.findSource().map(source -> of(source, sourceLogin));
    }

    @Override
    public ServerFacts replica() {
        return of(context.replica(), replicaLogin);
    }

    private static ServerFacts of(ServerFacts server, String login) {
        return server.withGrants(List.of("GRANT USAGE ON *.* TO " + login));
    }
}
