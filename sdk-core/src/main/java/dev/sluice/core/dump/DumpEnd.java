// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.dump;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.endpoint.Tls;
import dev.sluice.core.mysql.MySqlConnector;
import java.util.function.Supplier;

/**
 * A server that a client program logs in to. The program connects by itself: a host's own way to connect does not serve it.
 * Immutable and thread-safe.
 *
 * @param connector leads to the same server as the same account
 * @param user who to log in as
 * @param password asked for when the program starts
 * @param tls how the program's connection is encrypted
 * @param plainText whether it may go unencrypted where the server has no TLS
 */
public record DumpEnd(MySqlConnector connector, String user, Supplier<String> password, Tls tls, PlainText plainText) {
    /** Whether rows and passwords may travel unencrypted where a server has no TLS. */
    public enum PlainText {
        /** Unencrypted where the server offers nothing else. */
        ALLOWED,
        /** Encrypted, or not at all. */
        REFUSED
    }

    public DumpEnd {
        requireNonNull(connector, "connector");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(tls, "tls");
        requireNonNull(plainText, "plainText");
    }

    /** The password is not shown. */
    @Override
    public String toString() {
        return user + " at " + connector;
    }
}
