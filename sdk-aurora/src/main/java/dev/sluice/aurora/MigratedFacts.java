// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.aurora;

import dev.sluice.api.facts.Routine;
import dev.sluice.api.facts.ServerFacts;
import dev.sluice.api.facts.ServerVersion;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What an Aurora cluster will say about itself that is made from a snapshot of RDS for MySQL. Its procedures are the fewest that a plan calls, as
 * Aurora documents them for the newest release of the version; the new cluster is asked for them before one is called.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/mysql-stored-proc-replicating.html">AWS: replication procedures
 *     of Aurora MySQL</a>
 */
record MigratedFacts(ServerFacts source) {
    ServerFacts expected() {
        ServerFacts copy = source.expectedOfCopy(AuroraEngine.ID, procedures());
        return copy.plusVariables(Map.of("aurora_version", "to be created"));
    }

    private List<Routine> procedures() {
        ServerVersion version = source.version();
        List<Routine> common = List.of(
                procedure("rds_start_replication", 0),
                procedure("rds_stop_replication", 0),
                procedure("rds_set_configuration", 2));
        List<Routine> own = version.isAtLeast(8, 0, 0)
                ? List.of(
                        procedure("rds_set_external_source", 7),
                        procedure("rds_set_external_source_with_auto_position", 5),
                        procedure("rds_reset_external_source", 0),
                        procedure("rds_set_binlog_source_ssl", 1),
                        procedure("rds_import_binlog_ssl_material", 1),
                        procedure("rds_remove_binlog_ssl_material", 0))
                : List.of(
                        procedure("rds_set_external_master", 7),
                        procedure("rds_set_external_master_with_auto_position", 5),
                        procedure("rds_reset_external_master", 0));
        return Stream.concat(common.stream(), own.stream()).toList();
    }

    private static Routine procedure(String name, int arguments) {
        return new Routine(
                name,
                IntStream.rangeClosed(1, arguments)
                        .mapToObj(number -> "argument" + number)
                        .toList());
    }
}
