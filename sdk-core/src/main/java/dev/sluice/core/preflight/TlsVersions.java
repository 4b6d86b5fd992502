// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.preflight;

import dev.sluice.api.error.Problem;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.preflight.Finding.Level;
import dev.sluice.api.spi.StepContext;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The two servers have a version of TLS in common: what a replica can as a server, it can as a client. */
final class TlsVersions extends NamedRule {
    TlsVersions() {
        super("tls-versions-differ", LogCode.TLS_VERSIONS, Level.WARNING);
    }

    @Override
    public List<Problem> problems(StepContext context) {
        Set<String> source = versions(context.source());
        Set<String> replica = versions(context.replica());
        boolean disjoint = source.stream().noneMatch(replica::contains);
        return source.isEmpty() || replica.isEmpty() || !disjoint || !PlanReach.beginsReplication(context)
                ? List.of()
                : List.of(Problem.of(
                        code(),
                        Labels.capital(Labels.source(context)) + " has tls_version=" + String.join(",", source)
                                + ", and " + Labels.replica(context) + " " + String.join(",", replica)));
    }

    private static Set<String> versions(ServerFacts server) {
        return server.variable("tls_version").filter(versions -> server.tlsOffered()).stream()
                .flatMap(versions -> Arrays.stream(versions.split(",")))
                .map(String::strip)
                .filter(version -> !version.isEmpty())
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }
}
