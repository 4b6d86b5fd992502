// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import dev.sluice.rds.aws.AwsPlace;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads {@link ManagedServer}s.
 *
 * @param identifier the key under which the identifier stands: {@code instance} or {@code cluster}
 */
public record ManagedServerCodec(String identifier) {
    private static final long FORMAT = 1;

    /** Without any password: only where it is looked up. */
    public Document write(ManagedServer server) {
        Secret password = server.credentials().password();
        return Document.empty()
                .with("format", FORMAT)
                .with(identifier, server.identifier())
                .with("account", server.place().account())
                .with("region", server.place().region())
                .with("user", server.credentials().user())
                .with(
                        "password",
                        Document.empty().with("kind", password.kind().name()).with("reference", password.reference()))
                .with("tls", tls(server.tls()))
                .with("at", address(server.address()))
                .with("for-replica", address(server.addressForReplica()))
                .with("connection-source", server.connectionSource());
    }

    private static Document tls(Tls tls) {
        return Document.empty()
                .with("verification", tls.verification().name())
                .with("ca", tls.ca().map(Path::toString).orElse(null));
    }

    private static @Nullable Document address(@Nullable ServerAddress address) {
        return address == null
                ? null
                : Document.empty().with("host", address.host()).with("port", address.port());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is none, or was written by a newer version
     */
    public ManagedServer read(Document document) {
        long format = document.number("format");
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "An endpoint of format " + format + " was written by a newer Sluice; this one reads " + FORMAT);
        }
        return new ManagedServer(
                document.text(identifier),
                new AwsPlace(document.text("account"), document.text("region")),
                new Credentials(document.text("user"), secret(document.document("password"))),
                readTls(document.document("tls")),
                readAddress(document, "at"),
                readAddress(document, "for-replica"),
                document.findText("connection-source").orElse(null));
    }

    private static Secret secret(Document document) {
        return Secret.of(Secret.Kind.valueOf(document.text("kind")), document.text("reference"));
    }

    private static Tls readTls(Document document) {
        Optional<Path> ca = document.findText("ca").map(Path::of);
        return new Tls(Tls.Verification.valueOf(document.text("verification")), ca.orElse(null));
    }

    private static @Nullable ServerAddress readAddress(Document document, String key) {
        return document.findDocument(key)
                .map(found -> new ServerAddress(found.text("host"), Math.toIntExact(found.number("port"))))
                .orElse(null);
    }
}
