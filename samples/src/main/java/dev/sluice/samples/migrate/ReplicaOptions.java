// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.secret.Secret;
import dev.sluice.aurora.AuroraMySql;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the replica is: a cluster of Aurora that is there already. */
final class ReplicaOptions {
    @Option(
            names = "--replica-cluster",
            paramLabel = "ID",
            description = "its identifier (default: the look-alike that 'servers' has started)")
    private @Nullable String cluster;

    @Option(names = "--replica-region", paramLabel = "REGION", description = "its region, such as eu-west-1")
    private @Nullable String region;

    @Option(
            names = "--replica-host",
            paramLabel = "HOST[:PORT]",
            description = "its address (default: as AWS tells it; needed with --without-aws)")
    private @Nullable String host;

    @Option(names = "--replica-user", paramLabel = "NAME", description = "who logs in there (default: admin)")
    private String user = "admin";

    @Option(
            names = "--replica-password-file",
            paramLabel = "FILE",
            description =
                    "a file with the password and nothing else (default: the environment variable REPLICA_PASSWORD)")
    private @Nullable Path passwordFile;

    /** Whether anything but a user is: an option that is not used must not be taken in silence. */
    boolean isGiven() {
        return cluster != null || region != null || host != null || passwordFile != null;
    }

    /** Its endpoint; the password is a reference, resolved when somebody logs in. */
    AuroraMySql endpoint() {
        Path file = passwordFile;
        String address = host;
        Secret password = file == null ? Secret.env("REPLICA_PASSWORD") : Secret.file(file.toAbsolutePath());
        AuroraMySql named = AuroraMySql.cluster(Address.required(cluster, "--replica-cluster"))
                .region(Address.required(region, "--replica-region"))
                .credentials(user, password);
        if (address == null) {
            return named;
        }
        Address at = Address.parse(address);
        return named.at(at.host(), at.port());
    }
}
