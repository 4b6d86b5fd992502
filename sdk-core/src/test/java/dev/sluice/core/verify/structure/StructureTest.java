// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.Scope;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructureTest {
    private static final ServerVersion VERSION = ServerVersion.of(8, 0, 31);

    /** A server with these databases, each with one table. */
    private static Structure structure(String... databasesAndTables) {
        ServerSession session = sql -> {
            if (sql.equals(Structure.DATABASES)) {
                return Arrays.stream(databasesAndTables)
                        .map(both -> Row.of(
                                Map.of("SCHEMA_NAME", both.split("/", 2)[0], "DEFAULT_COLLATION_NAME", "utf8mb4_bin")))
                        .toList();
            }
            return Arrays.stream(databasesAndTables)
                    .filter(both -> sql.equals(TableDefinitions.TABLES + "'" + both.split("/", 2)[0] + "'"))
                    .map(both -> Row.of(Map.of("TABLE_NAME", both.split("/", 2)[1], "ENGINE", "InnoDB")))
                    .toList();
        };
        return Structure.read(session, VERSION, VERSION, Scope.EVERYTHING);
    }

    @Test
    void namesWithDotsAreNotTakenForOneAnother() {
        Structure source = structure("a/b.c", "a.b/c");
        Structure replica = structure("a/x", "a.b/c");

        assertThat(source.differences(replica))
                .isEqualTo(List.of("table a.`b.c` is missing on the replica", "table a.x is on the replica only"));
        assertThat(source.fingerprint()).isNotEqualTo(replica.fingerprint());
    }

    @Test
    void oneTableLessIsToldWhereAnotherHasTheSameNameInWriting() {
        Structure source = structure("a/b.c", "a.b/c");
        Structure replica = structure("a.b/c");

        assertThat(source.differences(replica))
                .containsExactly("database a is missing on the replica", "table a.`b.c` is missing on the replica");
    }
}
