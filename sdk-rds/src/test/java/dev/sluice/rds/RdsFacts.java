// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.testing.MockFacts;

/** Facts of instances that do not exist. */
final class RdsFacts {
    static final ServerAddress SOURCE = new ServerAddress("source.example", 3306);
    static final ServerAddress REPLICA = new ServerAddress("replica.example", 3306);

    private static final String[] SEVEN = {"host", "port", "user", "passwd", "name", "pos", "enable_ssl_encryption"};
    private static final String[] SIX = {"host", "port", "user", "passwd", "enable_ssl_encryption", "delay"};

    private RdsFacts() {}

    static MockFacts mysql57() {
        return common(MockFacts.mysql57())
                .routine("rds_set_external_master", SEVEN)
                .routine("rds_set_external_master_with_auto_position", SIX)
                .routine("rds_reset_external_master");
    }

    static MockFacts mysql80() {
        return common(MockFacts.mysql80())
                .routine("rds_set_external_master", SEVEN)
                .routine("rds_set_external_master_with_auto_position", SIX)
                .routine("rds_reset_external_master");
    }

    static MockFacts mysql84() {
        return common(MockFacts.mysql84())
                .routine("rds_set_external_source", SEVEN)
                .routine("rds_set_external_source_with_auto_position", SIX)
                .routine("rds_reset_external_source");
    }

    private static MockFacts common(MockFacts facts) {
        return facts.routine("rds_set_configuration", "name", "value")
                .routine("rds_show_configuration")
                .routine("rds_start_replication")
                .routine("rds_stop_replication")
                .account("admin", "%");
    }

    static ServerFacts source(MockFacts facts) {
        return facts.of(RdsEngine.ID, SOURCE);
    }

    static ServerFacts replica(MockFacts facts) {
        return facts.of(RdsEngine.ID, REPLICA);
    }

    /** A channel from a source. */
    static ChannelFacts channel(ServerFacts source, String user) {
        return new ChannelFacts(
                "",
                source.address().host(),
                source.address().port(),
                user,
                source.serverUuid(),
                false,
                true,
                "Yes",
                "Yes");
    }
}
