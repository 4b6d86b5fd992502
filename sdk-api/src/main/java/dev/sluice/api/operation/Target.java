// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

/** Where an operation does its work. */
public enum Target {
    /** The server that is replicated from. */
    SOURCE,
    /** The server that is replicated to. */
    REPLICA,
    /** The temporary server that a way to snapshot the source makes, to read its rows from. */
    SEED,
    /** Both, such as a copy. */
    BOTH
}
