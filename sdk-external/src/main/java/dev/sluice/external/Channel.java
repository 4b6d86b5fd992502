// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.ChannelGuard;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
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

    /** Whom a channel follows, as far as it is known. */
    enum Follows {
        THE_SOURCE,
        ANOTHER,
        NOT_KNOWN
    }

    /** As the replica's facts have it; empty if it is not configured. */
    static Optional<Channel> of(ServerFacts replica) {
        return replica.channels().stream()
                .filter(channel ->
                        channel.name().equals(NAME) && !channel.sourceHost().isEmpty())
                .findFirst()
                .map(Channel::of);
    }

    private static Channel of(ChannelFacts facts) {
        return new Channel(new ServerAddress(facts.sourceHost(), facts.sourcePort()), facts.user(), facts.sourceUuid());
    }

    /** What the replica says of it now; empty if it is not configured. */
    static Optional<ReplicaStatus> status(LiveContext context) {
        return ReplicaStatusReader.readDefault(
                context.replicaSession(), Dialect.of(context.replica().version()));
    }

    /**
     * The same, for a plan that ends whatever the facts say the replica follows.
     *
     * @throws dev.sluice.api.error.StepRefusedException if it follows another source by now
     */
    static Optional<ReplicaStatus> statusAsCompiled(LiveContext context) {
        Optional<ReplicaStatus> status = status(context);
        status.map(Channel::of)
                .filter(now -> !of(context.replica()).stream().allMatch(now::isSameAs))
                .ifPresent(now -> {
                    throw StepLook.changed(context, "the replica follows " + now);
                });
        return status;
    }

    private boolean isSameAs(Channel other) {
        return address.equals(other.address) && user.equals(other.user);
    }

    static Channel of(ReplicaStatus status) {
        ReplicaStatus.Source source = status.source();
        return new Channel(new ServerAddress(source.host(), source.port()), source.user(), source.uuid());
    }

    /** Whether it follows this server. Until it has connected once, nobody can tell. */
    Follows follows(ServerFacts source) {
        if (sourceUuid.isEmpty()) {
            return Follows.NOT_KNOWN;
        }
        return sourceUuid.equalsIgnoreCase(source.serverUuid()) ? Follows.THE_SOURCE : Follows.ANOTHER;
    }

    /** That the replica's channel is still configured like this: what somebody else has set up since is not to be touched. */
    OnlyIf stillThere(ServerFacts replica) {
        return guard(replica).isConfigured(user, address);
    }

    /**
     * The same, and that something else still has its value. From 8.0 on.
     *
     * @param query a query of one value, never null
     */
    OnlyIf stillThereAnd(ServerFacts replica, String query, String expected) {
        return guard(replica).isConfiguredAnd(user, address, query, expected);
    }

    /** That no channel is configured any more. */
    static OnlyIf noneLeft(ServerFacts replica) {
        return guard(replica).noneIsConfigured();
    }

    private static ChannelGuard guard(ServerFacts replica) {
        return new ChannelGuard(replica.version(), NAME);
    }

    @Override
    public String toString() {
        return address + " as " + user;
    }
}
