// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

/** An end of the connections that pass through a front. */
public enum Side {
    /** Who connected. */
    CLIENT,
    /** The server behind the front. */
    SERVER;

    Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }

    /** The way that begins here. */
    Way outward() {
        return this == CLIENT ? Way.TO_SERVER : Way.TO_CLIENT;
    }
}
