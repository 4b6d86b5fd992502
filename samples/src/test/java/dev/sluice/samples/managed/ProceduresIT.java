// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testing.rds.RdsFlavour;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every procedure of the documents that Sluice may call is called, under the name and with the number of arguments that the flavour has,
 * and no other name and number is ever tried.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-stored-proc-replicating.html">AWS: procedures of RDS</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/mysql-stored-proc-replicating.html">AWS: of Aurora</a>
 */
@Timeout(300)
@Tag("long")
class ProceduresIT {
    private static final List<String> EVERYWHERE = List.of(
            "rds_set_configuration/2",
            "rds_show_configuration/0",
            "rds_skip_repl_error/0",
            "rds_skip_transaction_with_gtid/1",
            "rds_start_replication/0",
            "rds_stop_replication/0");
    private static final List<String> UNTIL =
            List.of("rds_start_replication_until/2", "rds_start_replication_until_gtid/1");
    private static final List<String> OF_AURORA_3_AND_LATER = List.of(
            "rds_set_external_source/7",
            "rds_set_external_source_with_auto_position/5",
            "rds_reset_external_source/0",
            "rds_next_source_log/1",
            "rds_set_binlog_source_ssl/1",
            "rds_gtid_purged/1",
            "rds_import_binlog_ssl_material/1");

    /** Section 2 of the facts, as far as Sluice has a use for it. */
    private static Set<String> documented(RdsFlavour flavour) {
        Stream<String> own = switch (flavour) {
            case MYSQL_5_7 ->
                with(
                        UNTIL,
                        "rds_set_external_master/7",
                        "rds_set_external_master_with_delay/8",
                        "rds_reset_external_master/0",
                        "rds_next_master_log/1");
            case MYSQL_8_0 ->
                with(
                        UNTIL,
                        "rds_set_external_source/7",
                        "rds_set_external_master_with_delay/8",
                        "rds_set_external_master_with_auto_position/6",
                        "rds_set_external_source_gtid_purged/3",
                        "rds_reset_external_master/0",
                        "rds_next_master_log/1");
            case MYSQL_8_4 ->
                with(
                        UNTIL,
                        "rds_set_external_source/7",
                        "rds_set_external_source_with_delay/8",
                        "rds_reset_external_source/0",
                        "rds_next_source_log/1");
            case AURORA_2 ->
                Stream.of(
                        "rds_set_external_master/7",
                        "rds_reset_external_master/0",
                        "rds_next_master_log/1",
                        "rds_disable_session_binlog/0");
            case AURORA_3 -> Stream.concat(with(OF_AURORA_3_AND_LATER, "rds_disable_session_binlog/0"), UNTIL.stream());
            case AURORA_8_4 -> with(OF_AURORA_3_AND_LATER, "rds_set_source_delay/1");
        };
        return new TreeSet<>(Stream.concat(EVERYWHERE.stream(), own).toList());
    }

    private static Stream<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more));
    }

    @ParameterizedTest
    @EnumSource(RdsFlavour.class)
    void exactlyTheDocumentedOnesAreCalled(RdsFlavour flavour) throws InterruptedException {
        ProcedureTour tour = new ProcedureTour(flavour);

        tour.go();

        assertThat(tour.offered()).containsAll(tour.called());
        assertThat(tour.called()).containsExactlyElementsOf(documented(flavour));
    }
}
