// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.coordinates;

/**
 * A set of global transaction identifiers. MySQL's and MariaDB's have nothing in common but the name, so that each is a type
 * of its own.
 */
public sealed interface GtidSet permits MySqlGtidSet {
    /** Whether no transaction is in it. */
    boolean isEmpty();

    /** As the server writes it, on one line. */
    @Override
    String toString();
}
