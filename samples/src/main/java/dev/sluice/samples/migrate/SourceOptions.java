// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.api.secret.Secret;
import dev.sluice.rds.RdsMySql;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the source is: an instance of RDS. */
final class SourceOptions {
    @Option(
            names = "--source-instance",
            paramLabel = "ID",
            description = "its identifier (default: the look-alike that 'servers' has started)")
    private @Nullable String instance;

    @Option(names = "--source-region", paramLabel = "REGION", description = "its region, such as eu-west-1")
    private @Nullable String region;

    @Option(
            names = "--source-host",
            paramLabel = "HOST[:PORT]",
            description = "its address (default: as AWS tells it; needed with --without-aws)")
    private @Nullable String host;

    @Option(names = "--source-user", paramLabel = "NAME", description = "who logs in there (default: admin)")
    private String user = "admin";

    @Option(
            names = "--source-password-file",
            paramLabel = "FILE",
            description =
                    "a file with the password and nothing else (default: the environment variable SOURCE_PASSWORD)")
    private @Nullable Path passwordFile;

    /** Whether anything but a user is: an option that is not used must not be taken in silence. */
    boolean isGiven() {
        return instance != null || region != null || host != null || passwordFile != null;
    }

    /** Its endpoint; the password is a reference, resolved when somebody logs in. */
    RdsMySql endpoint() {
        Path file = passwordFile;
        String address = host;
        Secret password = file == null ? Secret.env("SOURCE_PASSWORD") : Secret.file(file.toAbsolutePath());
        RdsMySql named = RdsMySql.instance(Address.required(instance, "--source-instance"))
                .region(Address.required(region, "--source-region"))
                .credentials(user, password);
        if (address == null) {
            return named;
        }
        Address at = Address.parse(address);
        return named.at(at.host(), at.port());
    }
}
