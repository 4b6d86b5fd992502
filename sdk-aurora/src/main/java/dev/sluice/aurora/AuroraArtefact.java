// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.spi.Artefact;

/** What new clusters are made from. */
final class AuroraArtefact {
    static final Artefact CLUSTER = new Artefact("aurora-cluster", "an Aurora cluster that can be cloned");
    static final Artefact SNAPSHOT = new Artefact("aurora-cluster-snapshot", "a cluster snapshot");

    static final Artefact READ_REPLICA =
            new Artefact("aurora-read-replica", "a read replica in another region that AWS makes of an Aurora cluster");

    private AuroraArtefact() {}
}
