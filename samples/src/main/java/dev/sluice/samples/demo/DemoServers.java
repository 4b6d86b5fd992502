// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.endpoint.ReplicaEndpoint;
import dev.sluice.api.endpoint.SourceEndpoint;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.SecretResolver;
import java.sql.Connection;
import java.sql.SQLException;

/** The two servers that the demo works on. */
interface DemoServers extends AutoCloseable {
    SourceEndpoint source();

    ReplicaEndpoint replica();

    SecretResolver secrets();

    /** Consents and the like that these servers need. */
    ReplicationPlan adapt(ReplicationPlan plan);

    /** Whether the demo may fill more than one database: the servers are its own. */
    boolean areOurs();

    /** Whether everything that breaks naive copies can be filled in: the demo's servers take it from anybody. */
    boolean takeAwkwardData();

    /** A connection for filling and writing, as an application would have one. */
    Connection connectToSource() throws SQLException;

    Connection connectToReplica() throws SQLException;

    @Override
    void close();
}
