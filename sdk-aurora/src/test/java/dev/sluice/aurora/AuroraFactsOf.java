// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.api.facts.ChannelFacts;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.testing.MockFacts;

/** Facts of clusters that do not exist, with the procedures that their versions are documented to have. */
final class AuroraFactsOf {
    static final ServerAddress SOURCE = new ServerAddress("source.example", 3306);
    static final ServerAddress REPLICA = new ServerAddress("replica.example", 3306);

    private static final String[] SEVEN = {"host", "port", "user", "passwd", "name", "pos", "enable_ssl_encryption"};
    private static final String[] FIVE = {"host", "port", "user", "passwd", "enable_ssl_encryption"};

    private AuroraFactsOf() {}

    /** Version 2, which nobody can import certificates into any more. */
    static MockFacts version2() {
        return common(MockFacts.mysql57(), "2.12.3", "master")
                .routine("rds_disable_session_binlog")
                .routine("rds_enable_session_binlog");
    }

    /** Version 3 before it got rds_gtid_purged and the switch for TLS. */
    static MockFacts version302() {
        return common(MockFacts.mysql80(), "3.02.2", "source")
                .routine("rds_import_binlog_ssl_material", "json")
                .routine("rds_remove_binlog_ssl_material");
    }

    /** A version 3 that has both. */
    static MockFacts version3() {
        return common(MockFacts.mysql80(), "3.08.0", "source")
                .routine("rds_import_binlog_ssl_material", "json")
                .routine("rds_remove_binlog_ssl_material")
                .routine("rds_set_binlog_source_ssl", "enable")
                .routine("rds_gtid_purged", "gtids")
                .routine("rds_start_replication_until", "file", "pos")
                .routine("rds_start_replication_until_gtid", "gtid");
    }

    /** Version 8.4.8. */
    static MockFacts version84() {
        return common(MockFacts.mysql84(), "8.4.8", "source")
                .routine("rds_import_binlog_ssl_material", "json")
                .routine("rds_remove_binlog_ssl_material")
                .routine("rds_set_binlog_source_ssl", "enable")
                .routine("rds_gtid_purged", "gtids")
                .routine("rds_set_source_delay", "seconds");
    }

    private static MockFacts common(MockFacts facts, String version, String word) {
        return facts.variable("aurora_version", version)
                .variable("aurora_server_id", "orders-prod-1")
                .variable("innodb_read_only", "OFF")
                .variable("skip_name_resolve", "ON")
                .routine("rds_set_external_" + word, SEVEN)
                .routine("rds_set_external_" + word + "_with_auto_position", FIVE)
                .routine("rds_reset_external_" + word)
                .routine("rds_next_" + word + "_log", "curr_log_index")
                .routine("rds_skip_repl_error")
                .routine("rds_skip_transaction_with_gtid", "gtid_to_skip")
                .routine("rds_set_configuration", "name", "value")
                .routine("rds_show_configuration")
                .routine("rds_start_replication")
                .routine("rds_stop_replication")
                .account("admin", "%");
    }

    static ServerFacts source(MockFacts facts) {
        return facts.of(AuroraEngine.ID, SOURCE);
    }

    static ServerFacts replica(MockFacts facts) {
        return facts.of(AuroraEngine.ID, REPLICA);
    }

    /** A channel from a source. */
    static ChannelFacts channel(ServerFacts source, String user, boolean autoPosition) {
        return new ChannelFacts(
                "",
                source.address().host(),
                source.address().port(),
                user,
                source.serverUuid(),
                autoPosition,
                true,
                "Yes",
                "No");
    }
}
