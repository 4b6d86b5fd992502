// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** Makes the machines of instances that start empty. Thread-safe. */
public interface Machines {
    /**
     * Makes one.
     *
     * @param id the identifier of the instance
     * @param engine {@code mysql} or {@code aurora-mysql}
     * @param engineVersion as in {@code 8.0.mysql_aurora.3.08.0}
     * @param settings with which it starts
     */
    Machine start(String id, String engine, String engineVersion, MachineSettings settings);
}
