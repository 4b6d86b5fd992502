// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.copy.LaterKeys.Choice;
import org.junit.jupiter.api.Test;

class LaterKeysTest {
    private static final String SHOWN = """
            CREATE TABLE `t, (
              KEY` (
              `id` int NOT NULL AUTO_INCREMENT,
              `a` varchar(10) DEFAULT 'x,\\n  KEY `no` (`a`)\\n) it''s \\' AUTO_INCREMENT' COMMENT '(',
              `new
              line` int DEFAULT NULL,
              PRIMARY KEY (`id`),
              UNIQUE KEY `u` (`a`(5),`id`),
              KEY `k``,
              x` (`new
              line` DESC) COMMENT 'a,\\n  b' /*!80000 INVISIBLE */,
              KEY `f` ((lower(`a`))),
              KEY `g` (`id`,(cast(`a` as unsigned array))),
              FULLTEXT KEY `ft` (`a`),
              SPATIAL KEY `sp` (`p`),
              CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `o` (`a`) ON DELETE CASCADE,
              CONSTRAINT `c` CHECK ((`a` <> _utf8mb4'FOREIGN KEY ('))
            ) ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4
            /*!50100 PARTITION BY HASH (`id`)
            PARTITIONS 2 */""";

    @Test
    void keysThatCanWaitAreTakenOut() {
        LaterKeys later = LaterKeys.of(SHOWN, Choice.KEYS_AND_FOREIGN_KEYS);

        assertThat(later.keys())
                .containsExactly(
                        "UNIQUE KEY `u` (`a`(5),`id`)",
                        "KEY `k``,\n  x` (`new\n  line` DESC) COMMENT 'a,\\n  b' /*!80000 INVISIBLE */",
                        "FULLTEXT KEY `ft` (`a`)",
                        "SPATIAL KEY `sp` (`p`)");
        assertThat(later.foreignKeys())
                .containsExactly("CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `o` (`a`) ON DELETE CASCADE");
        assertThat(later.first())
                .contains("PRIMARY KEY (`id`)", "KEY `f` ((lower(`a`)))", "KEY `g`", "CONSTRAINT `c` CHECK")
                .startsWith("CREATE TABLE `t, (\n  KEY` (\n  `id` int")
                .endsWith("PARTITIONS 2 */");
        assertThat(later.groups()).hasSize(3);
        assertThat(later.groups().get(0)).hasSize(2);
    }

    @Test
    void nothingIsLostOrMoved() {
        CreateTable table = CreateTable.parse(SHOWN);
        assertThat(table.with(table.elements())).isEqualTo(SHOWN);
        assertThat(LaterKeys.of(SHOWN, Choice.NOTHING).first()).isEqualTo(SHOWN);
        LaterKeys onlyForeign = LaterKeys.of(SHOWN, Choice.FOREIGN_KEYS);
        assertThat(onlyForeign.first()).contains("UNIQUE KEY `u`").doesNotContain("`fk`");
        assertThat(onlyForeign.keys()).isEmpty();
    }

    @Test
    void whatOrdersOrCountsTheRowsStays() {
        String noPrimary = """
                CREATE TABLE `t` (
                  `n` int NOT NULL AUTO_INCREMENT,
                  `u` int NOT NULL,
                  `k` int DEFAULT NULL,
                  UNIQUE KEY `u` (`u`),
                  KEY `n` (`n`,`k`),
                  KEY `k` (`k`)
                ) ENGINE=InnoDB""";
        assertThat(LaterKeys.of(noPrimary, Choice.KEYS_AND_FOREIGN_KEYS).keys()).containsExactly("KEY `k` (`k`)");
    }

    @Test
    void otherWordsStayInOnePiece() {
        for (String odd : new String[] {
            "", "CREATE TABLE t (a int)", "CREATE TABLE `t` (\n  `a` int DEFAULT 'x", "CREATE TABLE `t"
        }) {
            LaterKeys later = LaterKeys.of(odd, Choice.KEYS_AND_FOREIGN_KEYS);
            assertThat(later.first()).isEqualTo(odd);
            assertThat(later.keys()).isEmpty();
        }
    }
}
