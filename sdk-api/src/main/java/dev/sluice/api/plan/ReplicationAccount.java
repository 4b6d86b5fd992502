// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import static java.util.Objects.requireNonNull;

import dev.sluice.api.secret.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The account by which the replica logs in to the source. Immutable and thread-safe.
 *
 * @param user its name, 1 to 32 characters (MySQL's limit)
 * @param hostOrNull the host part of the account, or null to derive it from the replica's address; see {@link #host()}
 * @param passwordOrNull where its password is looked up, or null to have the run make one up that lives in memory only; see
 *     {@link #password()}
 */
public record ReplicationAccount(
        String user, @Nullable String hostOrNull, @Nullable Secret passwordOrNull) {
    /** The account of plans that name none. */
    public static final ReplicationAccount DEFAULT = new ReplicationAccount("sluice_repl", null, null);

    public ReplicationAccount {
        requireNonNull(user, "user");
        if (user.isEmpty() || user.codePointCount(0, user.length()) > 32) {
            throw new IllegalArgumentException(
                    "The replication user's name has 1 to 32 characters, not '" + user + "'");
        }
        if (hostOrNull != null && (hostOrNull.isEmpty() || hostOrNull.length() > 255)) {
            throw new IllegalArgumentException("The host part of an account has 1 to 255 characters");
        }
    }

    /** The host part, if the plan says it. */
    public Optional<String> host() {
        return Optional.ofNullable(hostOrNull);
    }

    /** Where the password is looked up; empty if the run makes one up. */
    public Optional<Secret> password() {
        return Optional.ofNullable(passwordOrNull);
    }
}
