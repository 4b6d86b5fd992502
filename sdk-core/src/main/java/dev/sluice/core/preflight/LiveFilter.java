// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.spi.LiveContext;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import dev.sluice.core.mysql.ShownFilter;
import java.util.Optional;

/** The filter with which a replica follows the source already. */
final class LiveFilter {
    private LiveFilter() {}

    /** Empty if the replica does not follow the source. */
    static Optional<ShownFilter> of(LiveContext context) {
        return context.alreadyReplicating()
                ? ReplicaStatusReader.readDefault(
                                context.replicaSession(),
                                Dialect.of(context.replica().version()))
                        .map(ReplicaStatus::filter)
                : Optional.empty();
    }
}
