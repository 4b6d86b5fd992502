// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** Makes the servers of what starts empty. Thread-safe. */
public interface Machines {
    /** Makes one that is ended by its {@link Machine#close}. May take seconds. */
    Machine start(NewServer order);
}
