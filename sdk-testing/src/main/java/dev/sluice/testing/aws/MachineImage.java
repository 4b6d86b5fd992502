// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** The data of a machine at an instant. Thread-safe. */
public interface MachineImage extends AutoCloseable {
    /** Starts another machine on a copy of it, without the replication that the first may have had. */
    Machine start(MachineSettings settings);

    /** Deletes it. Machines that were started from it go on. */
    @Override
    void close();
}
