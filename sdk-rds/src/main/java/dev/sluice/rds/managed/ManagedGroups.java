// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.rds.aws.GroupOwner;
import dev.sluice.rds.aws.RdsLooks;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameter groups of one engine's servers: whose they are, and what AWS says about them if there are clients to ask. Thread-safe.
 */
public final class ManagedGroups {
    private static final String FACT = "sluice.parameter_group";

    private final @Nullable RdsLooks looks;
    private final Function<Endpoint, GroupOwner> owner;

    /**
     * For one engine.
     *
     * @param looks null without clients of the RDS API
     * @param owner the instance or the cluster behind an endpoint of the engine
     */
    public ManagedGroups(@Nullable RdsLooks looks, Function<Endpoint, GroupOwner> owner) {
        this.looks = looks;
        this.owner = owner;
    }

    /** The facts with the server's parameter group, if AWS can be asked for it. */
    public ServerFacts addedTo(ServerFacts facts, Endpoint endpoint) {
        return looks == null ? facts : facts.plusVariables(Map.of(FACT, looks.attachedGroup(owner.apply(endpoint))));
    }

    /** What {@link #addedTo} adds for a server that has this group, or will have it. */
    public Map<String, String> attached(String group) {
        return Map.of(FACT, group);
    }

    /** The group as the facts have it. */
    static Optional<String> attachedTo(ServerFacts facts) {
        return facts.variable(FACT);
    }

    Optional<RdsLooks> looks() {
        return Optional.ofNullable(looks);
    }

    GroupOwner owner(Endpoint endpoint) {
        return owner.apply(endpoint);
    }
}
