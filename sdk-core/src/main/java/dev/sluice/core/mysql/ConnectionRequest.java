// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.endpoint.ServerAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link ConnectionSource} is asked for. It holds no password: a host's own way to connect has its own credentials.
 * Immutable and thread-safe.
 *
 * @param address the server as the endpoint names it; a tunnel leads there by its own means
 * @param user who to log in as
 * @param use what the session is for
 * @param connectTimeout the longest time to connect
 * @param properties what Sluice would set on MySQL Connector/J for this use, by property name, without user and password; a host
 *     that uses this driver should pass all of them on, above all {@code connectionAttributes}, by which a later run recognises
 *     and ends the sessions of a dead one
 */
public record ConnectionRequest(
        ServerAddress address, String user, SessionUse use, Duration connectTimeout, Map<String, String> properties) {
    public ConnectionRequest {
        requireNonNull(address, "address");
        requireNonNull(user, "user");
        requireNonNull(use, "use");
        requireNonNull(connectTimeout, "connectTimeout");
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }
}
