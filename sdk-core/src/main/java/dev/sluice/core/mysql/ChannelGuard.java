// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.operation.Undo.OnlyIf;
import java.util.List;

/**
 * What is looked at before an undo that touches a replica's channel: what somebody else has set up since is not to be touched. From 8.0 on the
 * performance schema shows channels whether it is on or not; 5.7 only while it is, and RDS switches it off on small instances, so that its
 * replica status is asked there. Immutable and thread-safe.
 */
public final class ChannelGuard {
    private static final String CONFIGURED = "CONCAT(USER, '@', HOST, ':', PORT)";
    private static final String CONFIGURATION = " FROM performance_schema.replication_connection_configuration";

    private final ServerVersion version;
    private final String channel;

    /**
     * For a channel of a replica.
     *
     * @param channel its name, {@code ""} for the default one
     */
    public ChannelGuard(ServerVersion version, String channel) {
        this.version = version;
        this.channel = channel;
    }

    /** That it is configured for this source, with this account. */
    public OnlyIf isConfigured(String user, ServerAddress source) {
        return showsChannels()
                ? new OnlyIf("SELECT " + CONFIGURED + ofChannel(), configured(user, source))
                : new OnlyIf(
                        Dialect.of(version).showReplicaStatus() + " FOR CHANNEL " + Quote.literal(channel),
                        List.of("Master_User", "Master_Host", "Master_Port"),
                        user + " " + source.host() + " " + source.port());
    }

    /**
     * The same, and that something else still has its value. From 8.0 on.
     *
     * @param query a query of one value, never null
     * @throws IllegalArgumentException if the version is older
     */
    public OnlyIf isConfiguredAnd(String user, ServerAddress source, String query, String expected) {
        if (!showsChannels()) {
            throw new IllegalArgumentException("Version " + version + " answers one question at a time");
        }
        return new OnlyIf(
                "SELECT CONCAT(" + CONFIGURED + ", ' ', (" + query + "))" + ofChannel(),
                configured(user, source) + " " + expected);
    }

    /** That it is configured like this and its receiver runs, or does not. */
    public OnlyIf receiver(String user, ServerAddress source, boolean runs) {
        return showsChannels()
                ? isConfiguredAnd(
                        user,
                        source,
                        "SELECT SERVICE_STATE FROM performance_schema.replication_connection_status WHERE CHANNEL_NAME = "
                                + Quote.literal(channel),
                        runs ? "ON" : "OFF")
                : new OnlyIf(
                        Dialect.of(version).showReplicaStatus() + " FOR CHANNEL " + Quote.literal(channel),
                        List.of("Master_User", "Master_Host", "Master_Port", "Slave_IO_Running"),
                        user + " " + source.host() + " " + source.port() + (runs ? " Yes" : " No"));
    }

    /** That no channel at all is configured. */
    public OnlyIf noneIsConfigured() {
        return showsChannels()
                ? new OnlyIf("SELECT COUNT(*)" + CONFIGURATION, "0")
                : new OnlyIf(Dialect.of(version).showReplicaStatus(), List.of("Master_Host"), "");
    }

    private boolean showsChannels() {
        return version.isAtLeast(8, 0, 0);
    }

    private String ofChannel() {
        return CONFIGURATION + " WHERE CHANNEL_NAME = " + Quote.literal(channel);
    }

    private static String configured(String user, ServerAddress source) {
        return user + "@" + source.host() + ":" + source.port();
    }
}
