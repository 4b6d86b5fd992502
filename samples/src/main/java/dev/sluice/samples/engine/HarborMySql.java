// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.engine;

import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import java.util.Optional;

/** What users write in plans: an instance of Harbor, by the address that its console shows. It holds a reference to the password, never a password. */
public record HarborMySql(ServerAddress where, Credentials credentials) implements SourceEndpoint, ReplicaEndpoint {
    /** An instance, as this JVM reaches it. */
    public static HarborMySql at(String host, String user, Secret password) {
        return new HarborMySql(new ServerAddress(host, ServerAddress.DEFAULT_PORT), new Credentials(user, password));
    }

    @Override
    public EngineId engine() {
        return HarborEngine.ID;
    }

    @Override
    public String label() {
        return where.host();
    }

    @Override
    public Optional<ServerAddress> address() {
        return Optional.of(where);
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
