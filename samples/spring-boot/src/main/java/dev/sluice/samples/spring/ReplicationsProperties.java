// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.api.plan.GuideStep;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.secret.Secret;
import dev.sluice.external.ExternalMySql;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The replications that this service can set up, by name. They are configured here and not sent by HTTP clients, so that nobody who reaches the
 * service can have it connect to servers of their own.
 */
@ConfigurationProperties("service")
record ReplicationsProperties(@DefaultValue Map<String, Replication> replications) {
    /**
     * One of them.
     *
     * @param databases what is replicated; empty for everything
     * @param pauseBeforeReplication whether a run waits for somebody when the replica is loaded
     */
    record Replication(
            Server source,
            Server replica,
            @DefaultValue List<String> databases,
            @DefaultValue("false") boolean pauseBeforeReplication) {
        ReplicationPlan plan() {
            ReplicationPlan plan = ReplicationPlan.from(source.endpoint())
                    .to(replica.endpoint())
                    .databases(databases.toArray(String[]::new));
            return pauseBeforeReplication ? plan.pauseBefore(GuideStep.ENABLE_REPLICATION) : plan;
        }
    }

    /**
     * Where a server is.
     *
     * @param password the name of the password, not the password: {@code source} for the property {@code passwords.source}
     */
    record Server(String host, @DefaultValue("3306") int port, String user, String password) {
        ExternalMySql endpoint() {
            return ExternalMySql.at(host, port).credentials(user, Secret.named(password));
        }
    }
}
