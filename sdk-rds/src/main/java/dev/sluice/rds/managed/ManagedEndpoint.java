// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.rds.aws.AwsEndpoint;
import dev.sluice.rds.aws.AwsPlace;
import java.util.Optional;

/** What all endpoints on AWS answer alike: those that are there, and those that a plan creates. Immutable and thread-safe. */
public abstract class ManagedEndpoint implements AwsEndpoint {
    private final ManagedServer said;

    /** Of an endpoint that says all this. */
    protected ManagedEndpoint(ManagedServer said) {
        this.said = requireNonNull(said, "said");
    }

    @Override
    public final AwsPlace place() {
        return said.place();
    }

    /** The identifier and where it is: {@code orders (eu-west-1)}. */
    @Override
    public final String label() {
        return said.label();
    }

    @Override
    public final Credentials credentials() {
        return said.credentials();
    }

    @Override
    public final Optional<ServerAddress> address() {
        return Optional.ofNullable(said.address());
    }

    @Override
    public final Tls tls() {
        return said.tls();
    }

    @Override
    public final Optional<String> connectionSource() {
        return Optional.ofNullable(said.connectionSource());
    }
}
