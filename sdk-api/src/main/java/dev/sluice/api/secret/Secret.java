// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.secret;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A reference to a password, never the password: it is resolved by the host's {@link SecretResolver} at the moment of use.
 * Plans, previews, journals and reports hold references only. Prints as {@code ***}. Immutable and thread-safe.
 */
public final class Secret {
    /** Where a secret is looked up. */
    public enum Kind {
        /** An environment variable of this process. */
        ENV,
        /** The content of a file, without its last line end. */
        FILE,
        /** A name that only the host's resolver understands, for instance the id in its vault. */
        NAMED
    }

    private final Kind kind;
    private final String reference;

    private Secret(Kind kind, String reference) {
        this.kind = kind;
        this.reference = requireNonNull(reference, "reference");
        if (reference.isBlank()) {
            throw new IllegalArgumentException("The reference of a secret is blank");
        }
    }

    /** The value of an environment variable. */
    public static Secret env(String variable) {
        return new Secret(Kind.ENV, variable);
    }

    /** The content of a file in UTF-8, without one trailing line end. */
    public static Secret file(Path file) {
        return new Secret(Kind.FILE, file.toString());
    }

    /** A secret that the host's resolver knows by this name. */
    public static Secret named(String name) {
        return new Secret(Kind.NAMED, name);
    }

    /** A secret from its stored form. */
    public static Secret of(Kind kind, String reference) {
        return new Secret(kind, reference);
    }

    /** Where it is looked up. */
    public Kind kind() {
        return kind;
    }

    /** The variable, file or name; not secret itself, but not printed either. */
    public String reference() {
        return reference;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && kind == that.kind && reference.equals(that.reference);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + reference.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
