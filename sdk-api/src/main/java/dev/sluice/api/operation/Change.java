// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

/** How much an operation does to a server. */
public enum Change {
    /** It reads, or waits. */
    NOTHING,
    /** It changes a setting, an account, data or replication, while the server goes on serving. */
    CHANGES,
    /** It interrupts the server or removes something for good; only with the plan's consent by name. */
    DISRUPTS
}
