// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.ChannelGuard;
import dev.sluice.core.mysql.ReplicaStatus;
import java.util.Optional;

/**
 * Which source a replica's default channel is configured for, and as whom it logs in.
 *
 * @param address the source as the replica sees it
 * @param user the replication account's name
 * @param sourceUuid the source's server UUID, {@code ""} as long as the channel never connected
 */
record Channel(ServerAddress address, String user, String sourceUuid) {
    /** The default channel, the only one that plans use. */
    static final String NAME = "";
    /** The account of read replicas that RDS manages. */
    static final String MANAGED = "rdsrepladmin";

    /** As the replica's facts have it; empty if it is not configured. */
    static Optional<Channel> of(ServerFacts replica) {
        return replica.channels().stream()
                .filter(channel -> channel.name().equals(NAME))
                .findFirst()
                .map(Channel::of);
    }

    private static Channel of(ChannelFacts facts) {
        return new Channel(new ServerAddress(facts.sourceHost(), facts.sourcePort()), facts.user(), facts.sourceUuid());
    }

    static Channel of(ReplicaStatus status) {
        ReplicaStatus.Source source = status.source();
        return new Channel(new ServerAddress(source.host(), source.port()), source.user(), source.uuid());
    }

    static Channel wantedBy(StepContext context) {
        return new Channel(
                context.sourceAsSeenByReplica(),
                context.account().user(),
                context.source().serverUuid());
    }

    boolean isManaged() {
        return user.equals(MANAGED);
    }

    /** Whether it follows this server; as long as it never connected, by where it tries to. */
    boolean follows(Channel wanted) {
        return sourceUuid.isEmpty()
                ? address.equals(wanted.address) && user.equals(wanted.user)
                : sourceUuid.equalsIgnoreCase(wanted.sourceUuid);
    }

    /** That the replica's channel is still configured like this: what somebody else has set up since is not to be touched. */
    OnlyIf stillThere(ServerFacts replica) {
        return new ChannelGuard(replica.version(), NAME).isConfigured(user, address);
    }

    @Override
    public String toString() {
        return address + " as " + user;
    }
}
