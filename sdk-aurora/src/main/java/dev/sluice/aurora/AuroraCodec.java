// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.rds.aws.AwsPlace;
import dev.sluice.rds.managed.ManagedWishCodec;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes endpoints to documents of a numbered format. Of a secret it writes where it is looked up. */
final class AuroraCodec implements EndpointCodec {
    private static final long FORMAT = 1;

    @Override
    public Document write(Endpoint endpoint) {
        if (!(endpoint instanceof AuroraMySql server)) {
            throw new IllegalArgumentException("Not an endpoint of this engine: " + endpoint.label());
        }
        Secret password = server.credentials().password();
        return Document.empty()
                .with("format", FORMAT)
                .with("cluster", server.clusterIdentifier())
                .with("account", server.place().account())
                .with("region", server.place().region())
                .with("user", server.credentials().user())
                .with(
                        "password",
                        Document.empty().with("kind", password.kind().name()).with("reference", password.reference()))
                .with("tls", tls(server.tls()))
                .with("at", server.address().map(AuroraCodec::address).orElse(null))
                .with(
                        "for-replica",
                        server.addressForReplica().map(AuroraCodec::address).orElse(null))
                .with("connection-source", server.connectionSource().orElse(null));
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
        long format = document.number("format");
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "An endpoint of format " + format + " was written by a newer Sluice; this one reads " + FORMAT);
        }
        return new AuroraMySql(
                document.text("cluster"),
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

    @Override
    public Document writeOption(EndpointOption<?> option) {
        if (option instanceof AuroraOption.Wished wished) {
            return ManagedWishCodec.write(wished.wish());
        }
        throw new IllegalArgumentException("Not an option of Aurora MySQL: " + option.name());
    }

    @Override
    public EndpointOption<?> readOption(Document document) {
        return new AuroraOption.Wished(ManagedWishCodec.read(document));
    }
}
