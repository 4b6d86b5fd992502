// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import java.util.Optional;

/** An endpoint that nobody connects to. */
record TestServer(String host, boolean isCreatedByPlan) implements SourceEndpoint, ReplicaEndpoint {
    static final EngineId ENGINE = new EngineId("test");

    TestServer(String host) {
        this(host, false);
    }

    @Override
    public EngineId engine() {
        return ENGINE;
    }

    @Override
    public String label() {
        return host + ":3306";
    }

    @Override
    public Credentials credentials() {
        return new Credentials("migrator", Secret.env("PASSWORD"));
    }

    @Override
    public Optional<ServerAddress> address() {
        return Optional.of(new ServerAddress(host, 3306));
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
