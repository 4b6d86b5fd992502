// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionClauseTest {
    @Test
    void namesWithoutBackticksGetThem() {
        String shown = """
                CREATE TABLE `t` (
                  `id` int(11) COMMENT 'x
                 PARTITION p VALUES'
                ) ENGINE=InnoDB
                /*!50100 PARTITION BY RANGE (id)
                SUBPARTITION BY HASH (id)
                (PARTITION empty VALUES LESS THAN (10)
                 (SUBPARTITION s0 ENGINE = InnoDB,
                  SUBPARTITION s1 ENGINE = InnoDB),
                 PARTITION `has space` VALUES LESS THAN MAXVALUE
                 (SUBPARTITION s2 ENGINE = InnoDB)) */""";

        assertThat(PartitionClause.quoted(shown, List.of()))
                .contains("(PARTITION `empty` VALUES", "(SUBPARTITION `s0` ENGINE", "PARTITION `has space` VALUES")
                .contains("PARTITION BY RANGE (id)", "SUBPARTITION BY HASH (id)", "x\n PARTITION p VALUES'");
    }

    @Test
    void otherTablesStayAsTheyAre() {
        assertThat(PartitionClause.quoted("CREATE TABLE `t` (`id` int)", List.of()))
                .isEqualTo("CREATE TABLE `t` (`id` int)");
    }
}
