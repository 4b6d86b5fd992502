// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.TableName;
import dev.sluice.core.dump.DumpListener;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowScannerTest {
    private static final TableName T = TableName.of("shop", "t");

    private final Map<TableName, Long> rows = new LinkedHashMap<>();

    private void scan(String dump, int piece) {
        RowScanner scanner = new RowScanner(new DumpListener() {
            @Override
            public void rows(TableName table, long count, long bytes) {
                rows.put(table, count);
            }
        });
        byte[] all = dump.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < all.length; from += piece) {
            byte[] buffer = new byte[piece];
            int length = Math.min(piece, all.length - from);
            System.arraycopy(all, from, buffer, 0, length);
            scanner.passed(buffer, length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void rowsAreCountedByTableHoweverTheDumpIsCut(int piece) {
        scan("""
                CREATE DATABASE `shop`;

                USE `shop`;
                CREATE TABLE `t` (
                  `id` int
                );
                INSERT INTO `t` VALUES (1,'a'),(2,'b),(\\\\'),(3,'\\'),('),(4,0x29);
                INSERT INTO `t` VALUES (5,NULL),(6,'');
                INSERT INTO `a`` b`` c` (`x)`, `y`) VALUES (1,2);
                USE `log``s`;
                INSERT INTO `t` VALUES ('ß),(','');
                """, piece);

        assertThat(rows)
                .containsExactly(
                        Map.entry(T, 6L),
                        Map.entry(TableName.of("shop", "a` b` c"), 1L),
                        Map.entry(TableName.of("log`s", "t"), 1L));
    }

    @Test
    void bodiesOfRoutinesHoldNoRows() {
        scan("""
                USE `shop`;
                INSERT INTO `t` VALUES (1);
                DELIMITER ;;
                CREATE PROCEDURE p() BEGIN
                INSERT INTO `t` VALUES (1),(2);
                USE `other`;
                END ;;
                DELIMITER ;
                INSERT INTO `t` VALUES (2);
                """, 50);

        assertThat(rows).containsExactly(Map.entry(T, 2L));
    }

    @Test
    void whatIsNoDumpIsNoRow() {
        scan("INSERT INTO `t` VALUES (1);\nUSE ``;\nINSERT INTO `` VALUES (1);\nINSERT INTO `t", 5);

        assertThat(rows).isEmpty();
    }
}
