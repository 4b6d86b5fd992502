// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.managed;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.spi.ServerSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The procedures that a server has by AWS's documents, for one that answers them and shows none of them to its master user. Which privilege
 * shows them is not documented. A server that shows any is believed.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-replicating.html">AWS: procedures of RDS</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/mysql-stored-proc-replicating.html">AWS: of Aurora</a>
 */
final class DocumentedProcedures {
    private final List<Routine> all = new ArrayList<>();

    private DocumentedProcedures() {}

    /** The facts, with the documented procedures where the server hides its own. */
    static ServerFacts addedTo(ServerFacts facts, ServerSession session) {
        return facts.routines().isEmpty() && answers(session) ? facts.withRoutines(of(facts)) : facts;
    }

    /** By the one that every managed server has and that only reads. */
    private static boolean answers(ServerSession session) {
        try {
            session.query("CALL mysql.rds_show_configuration");
            return true;
        } catch (StepRefusedException notThere) {
            // No managed server, or not for this user: the plan is refused for the procedures that it needs.
            return false;
        }
    }

    static List<Routine> of(ServerFacts facts) {
        DocumentedProcedures documented = new DocumentedProcedures();
        Optional<ServerVersion> aurora = facts.variable("aurora_version").map(ServerVersion::parse);
        boolean source = aurora.map(version -> version.isAtLeast(3, 0, 0))
                .orElseGet(() -> facts.version().isAtLeast(8, 4, 0));
        documented.everywhere(source ? "source" : "master");
        aurora.ifPresentOrElse(
                version -> documented.ofAurora(version, source ? "source" : "master"),
                () -> documented.ofRds(facts.version(), source ? "source" : "master"));
        return List.copyOf(documented.all);
    }

    private void add(String name, String... parameters) {
        all.add(new Routine(name, Arrays.asList(parameters)));
    }

    private void everywhere(String spelling) {
        add("rds_set_configuration", "name", "value");
        add("rds_show_configuration");
        add("rds_set_external_" + spelling, "host", "port", "user", "password", "file", "position", "ssl");
        add("rds_reset_external_" + spelling);
        add("rds_start_replication");
        add("rds_stop_replication");
        add("rds_skip_repl_error");
        add("rds_next_" + spelling + "_log", "index");
    }

    private void ofRds(ServerVersion version, String spelling) {
        if (version.isAtLeast(8, 0, 0) && !version.isAtLeast(8, 0, 26)) {
            return;
        }
        String set = "rds_set_external_" + spelling;
        add(set + "_with_delay", "host", "port", "user", "password", "file", "position", "ssl", "delay");
        add(set + "_with_auto_position", "host", "port", "user", "password", "ssl", "delay");
        add("rds_set_source_delay", "delay");
        add("rds_skip_transaction_with_gtid", "gtid");
        until();
        if (version.isAtLeast(8, 0, 37) && !version.isAtLeast(8, 4, 0)) {
            add("rds_set_external_source_gtid_purged", "server_uuid", "start", "end");
        }
    }

    private void ofAurora(ServerVersion version, String spelling) {
        add("rds_set_external_" + spelling + "_with_auto_position", "host", "port", "user", "password", "ssl");
        add("rds_skip_transaction_with_gtid", "gtid");
        if (version.isAtLeast(2, 12, 0) && !version.isAtLeast(8, 0, 0)) {
            add("rds_disable_session_binlog");
            add("rds_enable_session_binlog");
        }
        if (version.isAtLeast(3, 1, 1)) {
            add("rds_import_binlog_ssl_material", "material");
            add("rds_remove_binlog_ssl_material");
        }
        if (version.isAtLeast(3, 4, 0)) {
            add("rds_gtid_purged", "gtids");
        }
        if (version.isAtLeast(3, 4, 0) && !version.isAtLeast(8, 0, 0)) {
            until();
        }
        if (version.isAtLeast(3, 6, 0)) {
            add("rds_set_binlog_source_ssl", "mode");
        }
        if (version.isAtLeast(8, 4, 8)) {
            add("rds_set_source_delay", "delay");
        }
    }

    private void until() {
        add("rds_start_replication_until", "file", "position");
        add("rds_start_replication_until_gtid", "gtid");
    }
}
