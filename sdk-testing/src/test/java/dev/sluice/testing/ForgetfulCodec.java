// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.spi.EndpointCodec;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads another endpoint than was written, from some time on. */
final class ForgetfulCodec implements EndpointCodec {
    private final EndpointCodec honest;
    private final AtomicInteger rightReadsLeft;

    /** One that reads this many times rightly first. */
    ForgetfulCodec(EndpointCodec honest, int rightReads) {
        this.honest = honest;
        this.rightReadsLeft = new AtomicInteger(rightReads);
    }

    @Override
    public Document write(Endpoint endpoint) {
        return honest.write(endpoint);
    }

    @Override
    public Endpoint read(Document document) {
        return rightReadsLeft.getAndDecrement() > 0
                ? honest.read(document)
                : MockMySql.named(document.text("name") + "-or-so");
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
