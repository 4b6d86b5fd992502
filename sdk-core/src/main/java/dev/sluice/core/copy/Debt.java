// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

/** Bytes that one reader has handed on and not paid for. One thread at a time. */
final class Debt {
    private long bytes;

    void add(long handedOn) {
        bytes += handedOn;
    }

    /** Waits until the budget had room for them. */
    void pay(Gate gate) {
        if (bytes > 0) {
            gate.pay(bytes);
            bytes = 0;
        }
    }
}
