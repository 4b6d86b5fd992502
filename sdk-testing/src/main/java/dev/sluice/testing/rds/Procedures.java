// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import static dev.sluice.testing.rds.RdsFlavour.AURORA_2;
import static dev.sluice.testing.rds.RdsFlavour.AURORA_3;
import static dev.sluice.testing.rds.RdsFlavour.AURORA_8_4;
import static dev.sluice.testing.rds.RdsFlavour.MYSQL_8_0;
import static dev.sluice.testing.rds.RdsFlavour.MYSQL_8_4;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which procedures a flavour has, under which names, and what they do differently there: the table of the documents. */
final class Procedures {
    private final RdsFlavour flavour;
    private final Set<Unverified> switches;

    Procedures(RdsFlavour flavour, Set<Unverified> switches) {
        this.flavour = flavour;
        this.switches = switches;
    }

    List<Procedure> all() {
        List<Procedure> all = new ArrayList<>(ofSpelling(flavour.spelling()));
        if (flavour == MYSQL_8_0) {
            all.add(setExternal("source"));
        }
        if (flavour == MYSQL_8_4 && switches.contains(Unverified.MASTER_SPELLINGS_ON_RDS_8_4)) {
            all.addAll(ofSpelling("master"));
        }
        all.addAll(startAndStop());
        all.addAll(configuration());
        all.addAll(ofAurora());
        all.addAll(gtidPurged());
        all.addAll(sslMaterial());
        if (!flavour.isAurora() || flavour == AURORA_8_4) {
            all.addAll(ofChannels());
        }
        return List.copyOf(all);
    }

    private List<Procedure> ofSpelling(String spelling) {
        List<Procedure> all = new ArrayList<>(List.of(
                setExternal(spelling),
                Procedure.of("rds_reset_external_" + spelling, "reset_external.sql"),
                Procedure.of("rds_set_" + spelling + "_auto_position", "set_auto_position.sql"),
                Procedure.of("rds_next_" + spelling + "_log", "next_log.sql")));
        if (flavour.isAurora()) {
            all.add(Procedure.of(autoPosition(spelling), "aurora_set_external_with_auto_position.sql"));
        } else {
            all.add(Procedure.of(autoPosition(spelling), "set_external_with_auto_position.sql"));
            all.add(Procedure.of("rds_set_external_" + spelling + "_with_delay", "set_external_with_delay.sql"));
        }
        return all;
    }

    private Procedure setExternal(String spelling) {
        Procedure set = Procedure.of("rds_set_external_" + spelling, "set_external.sql");
        return flavour.isAurora() ? set.with("tls", "tls_needs_material") : set;
    }

    private static String autoPosition(String spelling) {
        return "rds_set_external_" + spelling + "_with_auto_position";
    }

    private List<Procedure> startAndStop() {
        List<Procedure> all = new ArrayList<>(List.of(
                Procedure.of("rds_start_replication", "start_replication.sql"),
                Procedure.of("rds_stop_replication", "stop_replication.sql"),
                Procedure.of("rds_skip_repl_error", "skip_repl_error.sql"),
                Procedure.of("rds_skip_transaction_with_gtid", "skip_transaction_with_gtid.sql")));
        if (!flavour.isAurora() || flavour == AURORA_3 || switches.contains(Unverified.START_UNTIL_ON_EVERY_AURORA)) {
            all.add(Procedure.of("rds_start_replication_until", "start_replication_until.sql"));
            all.add(Procedure.of("rds_start_replication_until_gtid", "start_replication_until_gtid.sql"));
        }
        if (!flavour.isAurora()) {
            all.add(Procedure.of("rds_set_source_delay", "set_source_delay.sql"));
        }
        if (flavour == AURORA_8_4) {
            all.add(Procedure.of("rds_set_source_delay", "set_source_delay.sql").with("mostDelay", "259200"));
        }
        return all;
    }

    private List<Procedure> configuration() {
        String set = flavour.isAurora() ? "aurora_set_configuration.sql" : "set_configuration.sql";
        boolean shortest = flavour == AURORA_2 && switches.contains(Unverified.SHORT_RETENTION_ON_AURORA_2);
        return List.of(
                Procedure.of("rds_set_configuration", set).with("mostHours", shortest ? "168" : "2160"),
                Procedure.of("rds_show_configuration", "show_configuration.sql"));
    }

    private List<Procedure> ofAurora() {
        List<Procedure> all = new ArrayList<>();
        if (flavour == AURORA_3 || flavour == AURORA_8_4) {
            all.add(Procedure.of("rds_set_binlog_source_ssl", "set_binlog_source_ssl.sql"));
            all.add(Procedure.of(
                    "rds_assign_gtids_to_anonymous_transactions", "assign_gtids_to_anonymous_transactions.sql"));
            all.add(Procedure.of("rds_gtid_purged", "gtid_purged.sql"));
            all.add(Procedure.of("rds_set_read_only", "set_read_only.sql"));
        }
        if (flavour == AURORA_2 || flavour == AURORA_3) {
            all.add(Procedure.of("rds_disable_session_binlog", "disable_session_binlog.sql"));
            all.add(Procedure.of("rds_enable_session_binlog", "enable_session_binlog.sql"));
        }
        if (flavour == AURORA_2) {
            all.add(Procedure.of("rds_set_session_binlog_format", "set_session_binlog_format.sql"));
        }
        return all;
    }

    private List<Procedure> gtidPurged() {
        boolean there =
                flavour == MYSQL_8_0 || (flavour == MYSQL_8_4 && switches.contains(Unverified.GTID_PURGED_ON_RDS_8_4));
        return there
                ? List.of(Procedure.of("rds_set_external_source_gtid_purged", "set_external_source_gtid_purged.sql"))
                : List.of();
    }

    private List<Procedure> sslMaterial() {
        boolean there = switch (flavour) {
            case AURORA_3, AURORA_8_4 -> true;
            case AURORA_2 -> switches.contains(Unverified.SSL_MATERIAL_ON_AURORA_2);
            case MYSQL_5_7, MYSQL_8_0, MYSQL_8_4 -> switches.contains(Unverified.SSL_MATERIAL_ON_RDS);
        };
        return there
                ? List.of(
                        Procedure.of("rds_import_binlog_ssl_material", "import_binlog_ssl_material.sql"),
                        Procedure.of("rds_remove_binlog_ssl_material", "remove_binlog_ssl_material.sql"))
                : List.of();
    }

    /** Their names always say {@code source}. */
    private static List<Procedure> ofChannels() {
        return List.of(
                Procedure.of("rds_set_external_source", "set_external.sql").forChannel(),
                Procedure.of("rds_set_external_source_with_delay", "set_external_with_delay.sql")
                        .forChannel(),
                Procedure.of("rds_set_external_source_with_auto_position", "set_external_with_auto_position.sql")
                        .forChannel(),
                Procedure.of("rds_reset_external_source", "reset_external.sql").forChannel(),
                Procedure.of("rds_start_replication", "start_replication.sql").forChannel(),
                Procedure.of("rds_start_replication_until", "start_replication_until.sql")
                        .forChannel(),
                Procedure.of("rds_start_replication_until_gtid", "start_replication_until_gtid.sql")
                        .forChannel(),
                Procedure.of("rds_stop_replication", "stop_replication.sql").forChannel(),
                Procedure.of("rds_set_source_auto_position", "set_auto_position.sql")
                        .forChannel(),
                Procedure.of("rds_set_source_delay", "set_source_delay.sql").forChannel(),
                Procedure.of("rds_skip_repl_error", "skip_repl_error.sql").forChannel(),
                Procedure.of("rds_next_source_log", "next_log.sql").forChannel());
    }
}
