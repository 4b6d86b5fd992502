// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionNamesTest {
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

        assertThat(PartitionNames.quotedIn(shown))
                .contains("(PARTITION `empty` VALUES", "(SUBPARTITION `s0` ENGINE", "PARTITION `has space` VALUES")
                .contains("PARTITION BY RANGE (id)", "SUBPARTITION BY HASH (id)", "x\n PARTITION p VALUES'");
    }

    @Test
    void otherTablesStayAsTheyAre() {
        assertThat(PartitionNames.quotedIn("CREATE TABLE `t` (`id` int)")).isEqualTo("CREATE TABLE `t` (`id` int)");
    }
}
