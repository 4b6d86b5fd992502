// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.engine;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.secret.Secret;
import dev.sluice.api.spi.EndpointCodec;

/** How endpoints are kept in plans and journals, for as long as there are journals: what was written once has to be read for ever. */
record HarborCodec() implements EndpointCodec {
    @Override
    public Document write(Endpoint endpoint) {
        Secret password = endpoint.credentials().password();
        return Document.empty()
                .with("host", endpoint.label())
                .with("user", endpoint.credentials().user())
                .with("secret", password.kind().name())
                .with("reference", password.reference());
    }

    @Override
    public Endpoint read(Document document) {
        Secret password = Secret.of(Secret.Kind.valueOf(document.text("secret")), document.text("reference"));
        return HarborMySql.at(document.text("host"), document.text("user"), password);
    }

    @Override
    public Document writeOption(EndpointOption<?> option) {
        throw new IllegalArgumentException("Harbor has no options: " + option.name());
    }

    @Override
    public EndpointOption<?> readOption(Document document) {
        throw new IllegalArgumentException("Harbor has no options: " + document);
    }
}
