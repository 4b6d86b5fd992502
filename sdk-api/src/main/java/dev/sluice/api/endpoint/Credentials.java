// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.endpoint;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.secret.Secret;

/**
 * A user and the reference to its password. Immutable and thread-safe.
 *
 * @param user the account's user name, without a host part
 * @param password where the password is looked up; prints as {@code ***}
 */
public record Credentials(String user, Secret password) {
    public Credentials {
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        if (user.isEmpty()) {
            throw new IllegalArgumentException("The user name is empty");
        }
    }
}
