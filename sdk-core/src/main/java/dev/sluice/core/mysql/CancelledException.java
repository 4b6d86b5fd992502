// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

/** Work ended because its {@link Cancellation} was cancelled. What was done before stays as the journal says. */
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Tells that work ended by cancellation, and nothing else. */
    public CancelledException() {
        super("Cancelled");
    }
}
