// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.spi.StepContext;
import dev.sluice.core.mysql.ReplicationAccountStatements.Demand;
import dev.sluice.core.mysql.ReplicationLink;

/**
 * How the replica's connection to the source travels: encrypted wherever both can. Where it cannot, core refuses plans that do
 * not allow plain text by name.
 */
enum LinkEncryption {
    TLS,
    PLAIN_TEXT;

    static LinkEncryption of(StepContext context) {
        return ReplicationLink.canBeEncrypted(context.source(), context.replica()) ? TLS : PLAIN_TEXT;
    }

    /** What the replication account demands. */
    Demand demand() {
        return this == TLS ? Demand.TLS : Demand.NOTHING;
    }
}
