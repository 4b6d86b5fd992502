// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.secret;

/** A {@link SecretResolver} has no value for a reference. The message names the reference and how to supply it. */
public final class UnresolvedSecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Tells that a reference leads to nothing.
     *
     * @param message names the reference and how to supply it; never holds a value, since it is logged
     */
    public UnresolvedSecretException(String message) {
        super(message);
    }
}
