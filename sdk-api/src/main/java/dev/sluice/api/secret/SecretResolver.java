// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.secret;

import java.util.function.Function;

/** Turns a reference into the password, at the moment of use. Given by the host. Implementations must be thread-safe. */
@FunctionalInterface
public interface SecretResolver {
    /**
     * The password.
     *
     * @throws UnresolvedSecretException if there is none; the message names the reference, never a value
     */
    String resolve(Secret secret);

    /** Resolves environment variables and files, and refuses named secrets. */
    static SecretResolver standard() {
        return new StandardSecretResolver(name -> null);
    }

    /** As {@link #standard()}, with named secrets looked up by a function that returns null for names that it lacks. */
    static SecretResolver withNamed(Function<String, @org.jspecify.annotations.Nullable String> named) {
        return new StandardSecretResolver(named);
    }
}
