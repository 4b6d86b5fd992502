// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTextTest {
    private static final String CREATE = """
            CREATE TABLE `documents` (
              `id` bigint NOT NULL,
              `kind` enum('a','b') NOT NULL,
              `body` json DEFAULT NULL,
              PRIMARY KEY (`id`),
              UNIQUE KEY `once` (`kind`,`id`),
              KEY `by_kind` (`kind`,`id`)
            ) ENGINE=InnoDB""";

    @Test
    void onlyIndexesThatNothingNeedsWhileLoadingWait() {
        TableText text = TableText.of(CREATE);

        assertThat(text.whole()).isEqualTo(CREATE);
        assertThat(text.indexes()).containsExactly("KEY `by_kind` (`kind`,`id`)");
        assertThat(text.bare())
                .isEqualTo(
                        "CREATE TABLE `documents` (`id` bigint NOT NULL, `kind` enum('a','b') NOT NULL,"
                                + " `body` json DEFAULT NULL, PRIMARY KEY (`id`), UNIQUE KEY `once` (`kind`,`id`)) ENGINE=InnoDB");
    }

    @Test
    void documentsAreToldApart() {
        TableText text = TableText.of(CREATE);

        assertThat(text.columns()).containsExactly("`id`", "`kind`", "`body`");
        assertThat(text.documents()).containsExactly("`body`");
    }
}
