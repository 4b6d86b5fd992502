// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.endpoint;

import java.util.Optional;

/** A server that can be a source of replication. */
public interface SourceEndpoint extends Endpoint {
    /** Where the <em>replica</em> reaches this server, if not where this JVM does. */
    Optional<ServerAddress> addressForReplica();
}
