// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Credentials;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.endpoint.EngineId;
import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.endpoint.Tls;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.EndpointCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Writes passwords where references to them belong. */
record TalkativeCodec(EndpointCodec honest) implements EndpointCodec {
    static String passwordOf(Secret secret) {
        try {
            return Files.readString(Path.of(secret.reference()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A mock server with a password of its own. */
    record Guarded(Secret password) implements Endpoint {
        @Override
        public EngineId engine() {
            return MockMySql.ENGINE;
        }

        @Override
        public String label() {
            return "guarded";
        }

        @Override
        public Credentials credentials() {
            return new Credentials("mock", password);
        }

        @Override
        public Optional<ServerAddress> address() {
            return Optional.of(new ServerAddress("guarded", ServerAddress.DEFAULT_PORT));
        }

        @Override
        public Tls tls() {
            return Tls.required();
        }

        @Override
        public Optional<String> connectionSource() {
            return Optional.empty();
        }
    }

    @Override
    public Document write(Endpoint endpoint) {
        return honest.write(endpoint)
                .with("password", passwordOf(endpoint.credentials().password()));
    }

    @Override
    public Endpoint read(Document document) {
        return honest.read(document);
    }

    @Override
    public Document writeOption(EndpointOption<?> option) {
        return honest.writeOption(option);
    }

    @Override
    public EndpointOption<?> readOption(Document document) {
        return honest.readOption(document);
    }
}
