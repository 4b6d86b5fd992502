// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.external.ExternalOption.ReplicationTls;
import java.nio.file.Path;
import java.util.Optional;

/** Writes endpoints and options to documents of a numbered format. Of a secret it writes where it is looked up. */
final class ExternalCodec implements EndpointCodec {
    private static final long FORMAT = 1;

    @Override
    public Document write(Endpoint endpoint) {
        if (!(endpoint instanceof ExternalMySql server)) {
            throw new IllegalArgumentException("Not an endpoint of this engine: " + endpoint.label());
        }
        ServerAddress address = server.address().orElseThrow();
        return start().with("host", address.host())
                .with("port", address.port())
                .with("user", server.credentials().user())
                .with("password", secret(server.credentials().password()))
                .with("tls", tls(server.tls()))
                .with(
                        "for-replica",
                        server.addressForReplica().map(ExternalCodec::address).orElse(null))
                .with("connection-source", server.connectionSource().orElse(null));
    }

    private static Document start() {
        return Document.empty().with("format", FORMAT);
    }

    private static Document secret(Secret secret) {
        return Document.empty().with("kind", secret.kind().name()).with("reference", secret.reference());
    }

    private static Document tls(Tls tls) {
        return Document.empty()
                .with("verification", tls.verification().name())
                .with("ca", tls.ca().map(Path::toString).orElse(null));
    }

    private static Document address(ServerAddress address) {
        return Document.empty().with("host", address.host()).with("port", address.port());
    }

    @Override
    public Endpoint read(Document document) {
        requireFormat(document);
        return new ExternalMySql(
                address(document),
                new Credentials(document.text("user"), secret(document.document("password"))),
                tls(document.document("tls")),
                document.findDocument("for-replica").map(ExternalCodec::address).orElse(null),
                document.findText("connection-source").orElse(null));
    }

    private static void requireFormat(Document document) {
        long format = document.number("format");
        if (format != FORMAT) {
            throw new IllegalArgumentException("An endpoint or option of format " + format
                    + " was written by a newer Sluice; this one reads " + FORMAT);
        }
    }

    private static ServerAddress address(Document document) {
        return new ServerAddress(document.text("host"), Math.toIntExact(document.number("port")));
    }

    private static Secret secret(Document document) {
        return Secret.of(Secret.Kind.valueOf(document.text("kind")), document.text("reference"));
    }

    private static Tls tls(Document document) {
        Optional<Path> ca = document.findText("ca").map(Path::of);
        return new Tls(Tls.Verification.valueOf(document.text("verification")), ca.orElse(null));
    }

    @Override
    public Document writeOption(EndpointOption<?> option) {
        if (!(option instanceof ReplicationTls tls)) {
            throw new IllegalArgumentException("Not an option of this engine: " + option.name());
        }
        return start().with("name", ReplicationTls.NAME)
                .with("ca", tls.ca())
                .with("check", tls.check().name());
    }

    @Override
    public EndpointOption<?> readOption(Document document) {
        requireFormat(document);
        String name = document.text("name");
        if (!name.equals(ReplicationTls.NAME)) {
            throw new IllegalArgumentException("Not an option of this engine: " + name);
        }
        return new ReplicationTls(document.text("ca"), ReplicationTls.Check.valueOf(document.text("check")));
    }
}
