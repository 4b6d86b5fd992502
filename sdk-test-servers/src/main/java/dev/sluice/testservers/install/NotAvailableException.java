// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

import org.jspecify.annotations.Nullable;

/** Says in one sentence why something cannot be had on this machine. */
public final class NotAvailableException extends Exception {

    /** Creates the exception; the reason is shown to the user as it is. */
    public NotAvailableException(String reason) {
        this(reason, null);
    }

    /** Creates the exception with what lies behind it. */
    public NotAvailableException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /** The sentence. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
