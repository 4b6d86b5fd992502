// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

/** Where an operation does its work. */
public enum Target {
    /** The server that is replicated from. */
    SOURCE,
    /** The server that is replicated to. */
    REPLICA,
    /** Both, such as a copy. */
    BOTH
}
