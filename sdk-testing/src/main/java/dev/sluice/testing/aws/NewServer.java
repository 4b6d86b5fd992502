// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/**
 * An order for the server of something that starts empty. Immutable and thread-safe.
 *
 * @param id the identifier of the instance or cluster
 * @param engine {@code mysql} or {@code aurora-mysql}
 * @param engineVersion as in {@code 8.0.mysql_aurora.3.08.0}
 * @param masterUser the name of the account that its customer gets
 * @param masterPassword the password of that account
 * @param settings with which it starts
 */
public record NewServer(
        String id,
        String engine,
        String engineVersion,
        String masterUser,
        String masterPassword,
        MachineSettings settings) {
    /** Without the password. */
    @Override
    public String toString() {
        return engine + " " + engineVersion + " for " + id;
    }
}
