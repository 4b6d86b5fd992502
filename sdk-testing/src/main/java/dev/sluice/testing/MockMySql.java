// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import java.util.Optional;

/**
 * A server that exists only in a {@link MockEngine}: source or replica of plans in unit tests. Immutable and thread-safe.
 *
 * @param name by which people and the mock engine tell it from others
 */
public record MockMySql(String name) implements SourceEndpoint, ReplicaEndpoint {
    /** The engine of mock servers. */
    public static final EngineId ENGINE = new EngineId("mock-mysql");

    public MockMySql {
        new ServerAddress(name, ServerAddress.DEFAULT_PORT); // refuses what cannot be a host's name
    }

    /** The server of this name, which is its host name as well. */
    public static MockMySql named(String name) {
        return new MockMySql(name);
    }

    @Override
    public EngineId engine() {
        return ENGINE;
    }

    @Override
    public String label() {
        return name;
    }

    /** Never used: no mock server is logged in to. */
    @Override
    public Credentials credentials() {
        return new Credentials("mock", Secret.named("mock"));
    }

    @Override
    public Optional<ServerAddress> address() {
        return Optional.of(new ServerAddress(name, ServerAddress.DEFAULT_PORT));
    }

    @Override
    public Tls tls() {
        return Tls.required();
    }

    @Override
    public Optional<String> connectionSource() {
        return Optional.empty();
    }

    @Override
    public Optional<ServerAddress> addressForReplica() {
        return Optional.empty();
    }
}
