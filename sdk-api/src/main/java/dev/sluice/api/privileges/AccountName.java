// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.privileges;

import static java.util.Objects.requireNonNull;

/**
 * An account of a MySQL server. Immutable and thread-safe.
 *
 * @param user the user's name
 * @param host from where it may log in, as MySQL writes it: an address, a pattern such as {@code 10.0.%}, a name; never empty, which MySQL would
 *     read as any host
 */
public record AccountName(String user, String host) {
    public AccountName {
        requireNonNull(user, "user");
        requireNonNull(host, "host");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("The host of account " + user + " is empty");
        }
    }
}
