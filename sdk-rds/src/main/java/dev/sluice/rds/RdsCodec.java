// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.document.Document;
import dev.sluice.api.endpoint.Endpoint;
import dev.sluice.api.endpoint.EndpointOption;
import dev.sluice.api.spi.EndpointCodec;
import dev.sluice.rds.aws.CopyShapeCodec;
import dev.sluice.rds.managed.ManagedServerCodec;
import dev.sluice.rds.managed.ManagedWishCodec;

/** Writes endpoints to documents of a numbered format. Of a secret it writes where it is looked up. */
final class RdsCodec implements EndpointCodec {
    private static final String NEW = "created";
    private static final String BACKUPS = "backup-days";
    private static final ManagedServerCodec SERVERS = new ManagedServerCodec("instance");

    @Override
    public Document write(Endpoint endpoint) {
        if (endpoint instanceof NewRdsInstance created) {
            return SERVERS.write(created.server())
                    .with(NEW, CopyShapeCodec.write(created.shape()).with(BACKUPS, created.backupDays()));
        }
        if (!(endpoint instanceof RdsMySql server)) {
            throw new IllegalArgumentException("Not an endpoint of this engine: " + endpoint.label());
        }
        return SERVERS.write(server.server());
    }

    @Override
    public Endpoint read(Document document) {
        return document.findDocument(NEW)
                .<Endpoint>map(created -> new NewRdsInstance(
                        SERVERS.read(document), CopyShapeCodec.read(created), Math.toIntExact(created.number(BACKUPS))))
                .orElseGet(() -> new RdsMySql(SERVERS.read(document)));
    }

    @Override
    public Document writeOption(EndpointOption<?> option) {
        if (option instanceof RdsOption.Wished wished) {
            return ManagedWishCodec.write(wished.wish());
        }
        throw new IllegalArgumentException("Not an option of RDS for MySQL: " + option.name());
    }

    @Override
    public EndpointOption<?> readOption(Document document) {
        return new RdsOption.Wished(ManagedWishCodec.read(document));
    }
}
