// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.spi;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;

/** Writes an engine's endpoints and options to documents and reads them back. Reads everything that it ever wrote. */
public interface EndpointCodec {
    /**
     * An endpoint of this engine as a document that {@link #read} understands. Of its credentials the reference is written, never a
     * password.
     *
     * @throws IllegalArgumentException if the endpoint is another engine's
     */
    Document write(Endpoint endpoint);

    /**
     * The endpoint that was written; equal to it.
     *
     * @param document from {@link #write} of this or an earlier version
     * @throws IllegalArgumentException if it is no endpoint of this engine
     */
    Endpoint read(Document document);

    /**
     * An option of this engine's endpoints as a document that {@link #readOption} understands.
     *
     * @throws IllegalArgumentException if the option is another engine's
     */
    Document writeOption(EndpointOption<?> option);

    /**
     * The option that was written; equal to it.
     *
     * @param document from {@link #writeOption} of this or an earlier version
     * @throws IllegalArgumentException if it is no option of this engine
     */
    EndpointOption<?> readOption(Document document);
}
