// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The global variables that plans, checks and diagnosis look at, in every version's spelling. */
final class InterestingVariables {
    private static final List<String> SERVER = List.of(
            "version",
            "version_comment",
            "server_id",
            "server_uuid",
            "hostname",
            "port",
            "basedir",
            "report_host",
            "read_only",
            "super_read_only",
            "innodb_read_only",
            "max_connections",
            "max_allowed_packet",
            "local_infile",
            "performance_schema",
            "event_scheduler",
            "partial_revokes",
            "activate_all_roles_on_login",
            "default_authentication_plugin",
            "authentication_policy",
            "have_ssl",
            "tls_version",
            "require_secure_transport",
            "skip_name_resolve",
            "general_log",
            "slow_query_log",
            "log_output",
            "log_raw",
            "server_audit_logging",
            "server_audit_events",
            "audit_log_policy",
            "lock_wait_timeout",
            "max_execution_time",
            "wait_timeout",
            "secure_file_priv");

    private static final List<String> DATA = List.of(
            "character_set_server",
            "collation_server",
            "default_collation_for_utf8mb4",
            "sql_mode",
            "time_zone",
            "system_time_zone",
            "explicit_defaults_for_timestamp",
            "lower_case_table_names",
            "default_storage_engine",
            "innodb_page_size",
            "innodb_strict_mode",
            "innodb_default_row_format",
            "innodb_large_prefix",
            "innodb_file_format",
            "sql_require_primary_key",
            "sql_generate_invisible_primary_key",
            "default_table_encryption");

    private static final List<String> LOG = List.of(
            "log_bin",
            "binlog_format",
            "binlog_row_image",
            "binlog_row_value_options",
            "binlog_row_metadata",
            "binlog_checksum",
            "binlog_transaction_compression",
            "binlog_encryption",
            "expire_logs_days",
            "binlog_expire_logs_seconds",
            "binlog_expire_logs_auto_purge",
            "sync_binlog",
            "innodb_flush_log_at_trx_commit",
            "log_bin_trust_function_creators",
            "gtid_mode",
            "enforce_gtid_consistency",
            "binlog_group_commit_sync_delay");

    private static final List<String> REPLICA = List.of(
            "log_slave_updates",
            "log_replica_updates",
            "skip_slave_start",
            "skip_replica_start",
            "slave_parallel_workers",
            "replica_parallel_workers",
            "slave_parallel_type",
            "replica_parallel_type",
            "slave_preserve_commit_order",
            "replica_preserve_commit_order",
            "slave_max_allowed_packet",
            "replica_max_allowed_packet",
            "slave_type_conversions",
            "replica_type_conversions",
            "slave_net_timeout",
            "replica_net_timeout",
            "relay_log_recovery",
            "master_info_repository",
            "relay_log_info_repository");

    /** One statement for all; Aurora's own are found by their prefix. */
    static final String QUERY = Stream.of(SERVER, DATA, LOG, REPLICA)
            .flatMap(Collection::stream)
            .map(Quote::literal)
            .collect(Collectors.joining(
                    ", ",
                    "SHOW GLOBAL VARIABLES WHERE Variable_name IN (",
                    ") OR Variable_name LIKE " + Quote.literal(Quote.wildPattern("aurora_") + "%")));

    private InterestingVariables() {}
}
