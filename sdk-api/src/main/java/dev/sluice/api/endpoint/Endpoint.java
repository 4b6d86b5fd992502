// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.endpoint;

import java.util.Optional;

/**
 * A server and how <em>this JVM</em> reaches it. Endpoints are immutable data without any secret: equal endpoints are equal, and
 * their engine reads them from and writes them to documents.
 *
 * <p>Implemented by engines; users create them by the engines' own types, such as {@code ExternalMySql.at(host, port)}.
 */
public interface Endpoint {
    /** The kind of server, and so the engine that drives it. */
    EngineId engine();

    /** What people call it, in messages and previews: {@code db1.corp.example:3306}. */
    String label();

    /** Who this JVM logs in as. */
    Credentials credentials();

    /** Where it answers; empty if its engine must look the address up. */
    Optional<ServerAddress> address();

    /** How this JVM's connections are encrypted. */
    Tls tls();

    /**
     * The name of the host application's own way to connect (a tunnel, a pool, a token), registered at {@code Sluice.builder()};
     * empty for an ordinary connection to {@link #address()}.
     */
    Optional<String> connectionSource();
}
