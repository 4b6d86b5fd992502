// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import java.util.Optional;

/** A kind of server that exists in these tests only. */
record TestServer(String name) implements SourceEndpoint, ReplicaEndpoint {
    @Override
    public EngineId engine() {
        return new EngineId("test");
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public Credentials credentials() {
        return new Credentials("migrator", Secret.env("PASSWORD"));
    }

    @Override
    public Optional<ServerAddress> address() {
        return Optional.of(new ServerAddress(name, 3306));
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

    /** An option of this kind of server. */
    record Faster(String name) implements EndpointOption<TestServer> {}
}
