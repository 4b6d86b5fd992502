// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

/**
 * Facts of servers at AWS that do not exist: with the procedures for the default channel that their versions are documented to have, and with what the engines
 * for RDS and Aurora find out about such servers besides, which decides what a plan's preview says.
 */
final class ManagedFacts {
    private static final String[] SEVEN = {"host", "port", "user", "passwd", "name", "pos", "enable_ssl_encryption"};
    private static final String[] EIGHT = {
        "host", "port", "user", "passwd", "name", "pos", "enable_ssl_encryption", "delay"
    };
    private static final String[] SIX = {"host", "port", "user", "passwd", "enable_ssl_encryption", "delay"};
    private static final String[] FIVE = {"host", "port", "user", "passwd", "enable_ssl_encryption"};

    private ManagedFacts() {}

    static MockFacts rds57() {
        return rds(MockFacts.mysql57().variable("have_ssl", "YES"), "master");
    }

    static MockFacts rds80() {
        return rds(parallel(MockFacts.mysql80()), "master")
                .routine("rds_set_external_source", SEVEN)
                .routine("rds_set_external_source_gtid_purged", "server_uuid", "start_pos", "end_pos");
    }

    static MockFacts rds84() {
        return rds(parallel(MockFacts.mysql84()), "source");
    }

    private static MockFacts rds(MockFacts facts, String word) {
        return untilSomewhere(pointing(common(facts), word, SIX))
                .variable("basedir", "/rdsdbbin/mysql/")
                .routine("rds_set_external_" + word + "_with_delay", EIGHT)
                .routine("rds_set_source_delay", "delay");
    }

    /** Nobody can import certificates into it, so that it takes no encrypted connection to a source. */
    static MockFacts aurora2() {
        return withoutBinlogInSessions(aurora(MockFacts.mysql57().variable("have_ssl", "YES"), "2.12.4", "master"))
                .variable("log_slave_updates", "ON")
                .variable("sluice.replicates_with_tls", "NO")
                .routine("rds_set_session_binlog_format", "format");
    }

    static MockFacts aurora3() {
        return untilSomewhere(withoutBinlogInSessions(since3(aurora(MockFacts.mysql80(), "3.08.0", "source"))))
                .variable("replica_parallel_workers", "0");
    }

    static MockFacts aurora84() {
        return since3(aurora(parallel(MockFacts.mysql84()), "8.4.8", "source"))
                .variable("require_secure_transport", "ON")
                .routine("rds_set_source_delay", "delay");
    }

    private static MockFacts aurora(MockFacts facts, String version, String word) {
        return pointing(common(facts), word, FIVE)
                .variable("aurora_version", version)
                .variable("aurora_server_id", "mock-1")
                .variable("basedir", "/rdsdbbin/oscar/")
                .variable("innodb_read_only", "OFF")
                .variable("skip_name_resolve", "ON")
                .variable("sync_binlog", "1")
                .variable("sluice.gtids_come_with_binlog", "YES");
    }

    /** By several workers, as MySQL does since 8.0.27 where nobody says otherwise: some procedures refuse that. */
    private static MockFacts parallel(MockFacts facts) {
        return facts.variable("replica_parallel_workers", "4").variable("replica_preserve_commit_order", "ON");
    }

    private static MockFacts since3(MockFacts facts) {
        return facts.routine("rds_import_binlog_ssl_material", "json")
                .routine("rds_remove_binlog_ssl_material")
                .routine("rds_set_binlog_source_ssl", "enable")
                .routine("rds_assign_gtids_to_anonymous_transactions", "mode")
                .routine("rds_gtid_purged", "gtids")
                .routine("rds_set_read_only", "mode");
    }

    private static MockFacts withoutBinlogInSessions(MockFacts facts) {
        return facts.routine("rds_disable_session_binlog")
                .routine("rds_enable_session_binlog")
                .variable("sluice.unlogged_session", "CALL mysql.rds_disable_session_binlog");
    }

    private static MockFacts untilSomewhere(MockFacts facts) {
        return facts.routine("rds_start_replication_until", "file", "pos")
                .routine("rds_start_replication_until_gtid", "gtid");
    }

    private static MockFacts pointing(MockFacts facts, String word, String[] withAutoPosition) {
        return facts.routine("rds_set_external_" + word, SEVEN)
                .routine("rds_set_external_" + word + "_with_auto_position", withAutoPosition)
                .routine("rds_set_" + word + "_auto_position", "mode")
                .routine("rds_reset_external_" + word)
                .routine("rds_next_" + word + "_log", "curr_log_index");
    }

    private static MockFacts common(MockFacts facts) {
        return facts.routine("rds_set_configuration", "name", "value")
                .routine("rds_show_configuration")
                .routine("rds_start_replication")
                .routine("rds_stop_replication")
                .routine("rds_skip_repl_error")
                .routine("rds_skip_transaction_with_gtid", "gtid_to_skip")
                .parameterGroup("mock-group")
                .variable("sluice.heartbeat_row", "THERE")
                .account("admin", "%");
    }
}
