// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.spi.Artefact;

/** What servers of RDS and Aurora can be made from besides rows. */
public final class ManagedArtefact {
    /** The run's temporary DB instance, whose replication stands at the snapshot's coordinates: a DB snapshot of it can be restored. */
    public static final Artefact STILL_REPLICA =
            new Artefact("rds-still-replica", "a DB instance that stands still and can be snapshotted");

    private ManagedArtefact() {}
}
