// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

/** How structure and rows reach the replica. */
public enum CopyMethod {
    /** Inside this JVM, over connections to both servers. The default: no program is needed on the host. */
    IN_PROCESS,
    /**
     * {@code mysqldump} piped to {@code mysql}, as MySQL's and AWS's documents describe it; both must be on this host, and Sluice is to
     * be given them: {@code Sluice.builder().clientPrograms(ClientPrograms.onPath())}, by {@code sluice-client-programs}. Copies whole
     * databases, and from and to servers that the programs can log in to by themselves.
     */
    MYSQLDUMP
}
