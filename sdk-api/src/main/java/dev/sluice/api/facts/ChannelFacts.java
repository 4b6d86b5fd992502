// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.facts;

/**
 * One replication channel that is configured on a server. Immutable and thread-safe.
 *
 * @param name the channel, {@code ""} for the default one
 * @param sourceHost where it fetches from
 * @param sourcePort that host's port
 * @param user the replication account's name
 * @param sourceUuid the source's server UUID, {@code ""} as long as it never connected
 * @param autoPosition whether it follows GTIDs instead of file and position
 * @param tls whether it encrypts
 * @param receiverRunning {@code Yes}, {@code No} or {@code Connecting}, as the server says
 * @param applierRunning {@code Yes} or {@code No}, as the server says
 */
public record ChannelFacts(
        String name,
        String sourceHost,
        int sourcePort,
        String user,
        String sourceUuid,
        boolean autoPosition,
        boolean tls,
        String receiverRunning,
        String applierRunning) {}
