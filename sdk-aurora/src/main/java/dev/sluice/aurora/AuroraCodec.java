// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.rds.aws.CopyShape;
import dev.sluice.rds.aws.CopyShapeCodec;
import dev.sluice.rds.managed.ManagedServerCodec;
import dev.sluice.rds.managed.ManagedWishCodec;

/** Writes endpoints to documents of a numbered format. Of a secret it writes where it is looked up. */
final class AuroraCodec implements EndpointCodec {
    private static final String NEW = "created";
    private static final String CREATES = "creates";
    private static final String READ_REPLICA = "read-replica";
    private static final String KEY = "kms-key";
    private static final ManagedServerCodec SERVERS = new ManagedServerCodec("cluster");

    @Override
    public Document write(Endpoint endpoint) {
        if (endpoint instanceof NewAuroraReadReplica created) {
            return SERVERS.write(created.server())
                    .with(NEW, CopyShapeCodec.write(created.shape()))
                    .with(CREATES, READ_REPLICA)
                    .with(KEY, created.kmsKey().orElse(null));
        }
        if (endpoint instanceof NewAuroraCluster created) {
            return SERVERS.write(created.server()).with(NEW, CopyShapeCodec.write(created.shape()));
        }
        if (!(endpoint instanceof AuroraMySql server)) {
            throw new IllegalArgumentException("Not an endpoint of this engine: " + endpoint.label());
        }
        return SERVERS.write(server.server());
    }

    @Override
    public Endpoint read(Document document) {
        return document.findDocument(NEW)
                .map(CopyShapeCodec::read)
                .map(shape -> readNew(document, shape))
                .orElseGet(() -> new AuroraMySql(SERVERS.read(document)));
    }

    private static Endpoint readNew(Document document, CopyShape shape) {
        return document.findText(CREATES).filter(READ_REPLICA::equals).isPresent()
                ? new NewAuroraReadReplica(
                        SERVERS.read(document), shape, document.findText(KEY).orElse(null))
                : new NewAuroraCluster(SERVERS.read(document), shape);
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
