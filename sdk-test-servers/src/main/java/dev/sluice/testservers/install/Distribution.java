// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers.install;

/** A place from which server programs can be had. */
public sealed interface Distribution permits JarDistribution, ArchiveDistribution, DebianDistribution {

    /**
     * Returns programs that run here, fetching and unpacking them where the cache does not hold them yet.
     *
     * @throws NotAvailableException if they cannot be had on this machine, with the reason
     */
    Installation install(Cache cache) throws NotAvailableException;
}
