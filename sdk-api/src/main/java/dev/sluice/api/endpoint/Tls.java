// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.endpoint;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How this JVM's connections to a server are encrypted. Plain text is not a value of this type: it happens only where the plan
 * allows it by name and the server has no TLS. Immutable and thread-safe.
 *
 * @param verification what is checked of the server's certificate
 * @param caOrNull PEM file with the certificates to trust, or null for the Java default; see {@link #ca()}
 */
public record Tls(Verification verification, @Nullable Path caOrNull) {
    /** What is checked of the server's certificate. */
    public enum Verification {
        /** Nothing: encrypted, but whoever answers is believed. Self-managed servers make such certificates by themselves. */
        NONE_DANGEROUS_WHERE_THE_NETWORK_IS_NOT_TRUSTED,
        /** That a trusted authority signed it. */
        CA,
        /** That a trusted authority signed it for this host name. */
        IDENTITY
    }

    public Tls {
        requireNonNull(verification, "verification");
    }

    /** Encrypted, certificate not verified. */
    public static Tls required() {
        return new Tls(Verification.NONE_DANGEROUS_WHERE_THE_NETWORK_IS_NOT_TRUSTED, null);
    }

    /** Encrypted, signed by an authority in this PEM file. */
    public static Tls verifiedBy(Path ca) {
        return new Tls(Verification.CA, requireNonNull(ca, "ca"));
    }

    /** Encrypted, signed for this host's name by an authority in this PEM file. */
    public static Tls verifiedIdentityBy(Path ca) {
        return new Tls(Verification.IDENTITY, requireNonNull(ca, "ca"));
    }

    /** The PEM file with the certificates to trust, if not Java's own. */
    public Optional<Path> ca() {
        return Optional.ofNullable(caOrNull);
    }
}
