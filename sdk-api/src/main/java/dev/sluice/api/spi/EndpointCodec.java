// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;

/** Writes an engine's endpoints and options to documents and reads them back. Reads everything that it ever wrote. */
public interface EndpointCodec {
    Document write(Endpoint endpoint);

    Endpoint read(Document document);

    Document writeOption(EndpointOption<?> option);

    EndpointOption<?> readOption(Document document);
}
