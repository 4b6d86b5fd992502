// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.rds.aws.AwsPlace;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint on AWS says, whatever its kind. Every method returns a new one. Holds no password. Immutable and thread-safe.
 *
 * @param identifier of the DB instance or DB cluster
 * @param place account and region
 * @param credentials who this JVM logs in as
 * @param tls how this JVM's connections are encrypted
 * @param address where this JVM reaches it; null if it has to be looked up
 * @param addressForReplica where a replica reaches it; null if that is the same
 * @param connectionSource the name of the host application's own; null for an ordinary connection
 */
@CheckReturnValue
public record ManagedServer(
        String identifier,
        AwsPlace place,
        Credentials credentials,
        Tls tls,
        @Nullable ServerAddress address,
        @Nullable ServerAddress addressForReplica,
        @Nullable String connectionSource) {
    public ManagedServer {
        requireNonNull(place, "place");
        requireNonNull(credentials, "credentials");
        requireNonNull(tls, "tls");
    }

    /** With what counts where nothing else is said. */
    public static ManagedServer of(String identifier, AwsPlace place, Credentials credentials) {
        return new ManagedServer(identifier, place, credentials, Tls.required(), null, null, null);
    }

    /**
     * An identifier as AWS takes it.
     *
     * @param what it is of, for the message
     * @throws IllegalArgumentException if it has more than letters, digits and single dashes, or more than 63 characters
     */
    public static String checkedIdentifier(String what, String identifier) {
        if (!identifier.matches("[A-Za-z](-?[A-Za-z0-9]){0,62}") || identifier.length() > 63) {
            throw new IllegalArgumentException(
                    "The identifier of " + what + " has letters, digits and single dashes, not '" + identifier + "'");
        }
        return identifier;
    }

    /** In the account of this name. */
    public ManagedServer account(String name) {
        AwsPlace there = new AwsPlace(name, place.region());
        return new ManagedServer(identifier, there, credentials, tls, address, addressForReplica, connectionSource);
    }

    /** Where this JVM reaches it. */
    public ManagedServer at(String host, int port) {
        ServerAddress here = new ServerAddress(host, port);
        return new ManagedServer(identifier, place, credentials, tls, here, addressForReplica, connectionSource);
    }

    /** How connections are encrypted. */
    public ManagedServer tls(Tls how) {
        return new ManagedServer(identifier, place, credentials, how, address, addressForReplica, connectionSource);
    }

    /** Where a replica reaches it. */
    public ManagedServer reachableByReplicaAt(String host, int port) {
        ServerAddress there = new ServerAddress(host, port);
        return new ManagedServer(identifier, place, credentials, tls, address, there, connectionSource);
    }

    /** Through a connection source of the host application. */
    public ManagedServer connectingThrough(String name) {
        return new ManagedServer(
                identifier, place, credentials, tls, address, addressForReplica, requireNonNull(name, "name"));
    }

    /** The identifier and where it is: {@code orders (eu-west-1)}. */
    public String label() {
        return identifier + " (" + place + ")";
    }

    /** For the {@code toString} of an endpoint. */
    public String describedAs(String kind) {
        return kind + "{" + credentials.user() + "@" + label() + "}";
    }
}
