// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.PollPace;
import dev.sluice.rds.aws.AwsErrorCode;
import dev.sluice.rds.aws.GroupOwner;
import dev.sluice.rds.aws.RdsLooks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameter groups of one engine's servers: whose they are, and what AWS says about them if there are clients to ask. Thread-safe.
 */
public final class ManagedGroups {
    private static final String FACT = "sluice.parameter_group";
    /** Joined by commas, which no identifier has; left out where AWS does not tell it to these credentials. */
    private static final String OTHERS = "sluice.parameter_group_others";

    private static final String PENDING = "sluice.pending_changes";
    private static final String SEPARATOR = ",";

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

    /** The facts with the server's parameter group, who else has it, and what is to be changed of the server, if AWS can be asked. */
    public ServerFacts addedTo(ServerFacts facts, Endpoint endpoint) {
        if (looks == null) {
            return facts;
        }
        GroupOwner whose = owner.apply(endpoint);
        String attached = looks.attachedGroup(whose);
        Map<String, String> told = new TreeMap<>();
        told.put(FACT, attached);
        told.put(PENDING, String.join(SEPARATOR, looks.pendingChanges(whose)));
        others(looks, whose, changeable(whose, attached))
                .ifPresent(others -> told.put(OTHERS, String.join(SEPARATOR, others)));
        return facts.plusVariables(told);
    }

    /** Empty if these credentials may look at their own server only: who cannot see others does not change what may be theirs. */
    static Optional<List<String>> others(RdsLooks looks, GroupOwner owner, String group) {
        try {
            return Optional.of(looks.othersWith(owner, group));
        } catch (StepRefusedException refused) {
            if (refused.code() == AwsErrorCode.NOT_ALLOWED) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** The group in which settings are made: the attached one, if it can be changed, and else one that is made for the server. */
    static String changeable(GroupOwner owner, String attached) {
        return GroupOwner.isDefault(attached) ? owner.ownGroup() : attached;
    }

    /** Who else has the group in which settings are made; empty if that is not known. */
    static Optional<List<String>> othersWith(ServerFacts facts) {
        return facts.variable(OTHERS).map(ManagedGroups::split);
    }

    /** Which changes of the server wait for a maintenance window, by AWS's names; none if AWS was not asked. */
    static List<String> pendingChanges(ServerFacts facts) {
        return facts.variable(PENDING).map(ManagedGroups::split).orElse(List.of());
    }

    private static List<String> split(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(SEPARATOR, -1));
    }

    /** What {@link #addedTo} adds for a server that has this group, or will have it. */
    public Map<String, String> attached(String group) {
        return Map.of(FACT, group);
    }

    /** The group as the facts have it. */
    static Optional<String> attachedTo(ServerFacts facts) {
        return facts.variable(FACT);
    }

    /** How often a step looks that asks AWS for them, if there is anybody to ask. */
    public PollPace pace() {
        return looks == null ? PollPace.OF_SERVERS : looks.pace();
    }

    Optional<RdsLooks> looks() {
        return Optional.ofNullable(looks);
    }

    GroupOwner owner(Endpoint endpoint) {
        return owner.apply(endpoint);
    }
}
