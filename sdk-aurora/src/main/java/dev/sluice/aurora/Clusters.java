// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.rds.aws.RdsCluster;
import dev.sluice.rds.aws.RdsLooks;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What AWS says about clusters, if there are clients to ask. Thread-safe. */
final class Clusters {
    /** The server's own name for its instance. */
    private static final String OWN_NAME = "aurora_server_id";

    private static final String FACT = "sluice.writer_instance";

    private final @Nullable RdsLooks looks;

    Clusters(@Nullable RdsLooks looks) {
        this.looks = looks;
    }

    /**
     * The cluster; empty if nobody can be asked.
     *
     * @throws dev.sluice.api.error.StepException if AWS cannot be asked, or has no such cluster
     */
    Optional<RdsCluster> find(AuroraCluster endpoint) {
        return looks == null
                ? Optional.empty()
                : Optional.of(looks.cluster(endpoint.place(), endpoint.clusterIdentifier()));
    }

    /** The facts with what AWS calls the cluster for as long as it exists, and with the writer's instance, where AWS names one. */
    ServerFacts addedTo(ServerFacts facts, AuroraCluster endpoint) {
        return find(endpoint).map(cluster -> addedTo(facts, cluster)).orElse(facts);
    }

    private static ServerFacts addedTo(ServerFacts facts, RdsCluster cluster) {
        ServerFacts known = cluster.resourceId().isEmpty() ? facts : facts.withLastingId(cluster.resourceId());
        return cluster.writer()
                .map(writer -> known.plusVariables(Map.of(FACT, writer.id())))
                .orElse(known);
    }

    /**
     * What AWS calls the cluster of the answering server for as long as it exists; empty if nobody can be asked, or if the server is no instance
     * of the cluster that has the endpoint's name.
     *
     * @throws dev.sluice.api.error.StepException if AWS or the server cannot be asked, or there is no such cluster
     */
    Optional<String> lastingId(AuroraCluster endpoint, ServerSession server) {
        return find(endpoint)
                .filter(cluster -> isOneOf(cluster, ownName(server)))
                .map(RdsCluster::resourceId)
                .filter(id -> !id.isEmpty());
    }

    private static boolean isOneOf(RdsCluster cluster, String instance) {
        return cluster.members().stream().anyMatch(member -> member.id().equalsIgnoreCase(instance));
    }

    private static String ownName(ServerSession server) {
        return server.queryOne("SHOW GLOBAL VARIABLES LIKE '" + OWN_NAME + "'")
                .flatMap(row -> row.find("Value"))
                .orElse("");
    }

    /** The instance behind the session: the server says so itself; a cluster endpoint may have moved since AWS was asked. */
    static Optional<String> writerInstance(ServerFacts facts) {
        return facts.variable(OWN_NAME).filter(name -> !name.isEmpty()).or(() -> facts.variable(FACT));
    }
}
