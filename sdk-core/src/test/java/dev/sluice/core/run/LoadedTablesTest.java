// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.core.mysql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the journal calls loaded, and what is there. */
class LoadedTablesTest {
    private static final Dialect DIALECT = Dialect.of(ServerVersion.of(8, 0, 31));
    private static final LoadedTables LOADED =
            new LoadedTables(Map.of(TableName.of("shop", "Item"), 2L, TableName.of("shop", "none"), 0L));

    private final List<String> asked = new ArrayList<>();

    /** A replica with these tables in each database; it follows a source or not, and its tables have rows or not. */
    private ServerSession replica(List<String> tables, boolean isPointed, boolean isFilled) {
        return sql -> {
            asked.add(sql);
            if (sql.startsWith("SHOW")) {
                return isPointed ? List.of(Row.of(Map.of("Source_Host", "db1", "Source_Port", "3306"))) : List.of();
            }
            if (sql.contains("information_schema.TABLES")) {
                return tables.stream().map(name -> Row.of(Map.of("name", name))).toList();
            }
            long looks = sql.split("EXISTS").length - 1L;
            return IntStream.range(0, (int) looks)
                    .mapToObj(i -> Row.of(Map.of("number", "" + i, "filled", isFilled ? "1" : "0")))
                    .toList();
        };
    }

    @Test
    void tablesThatAreThereAndHaveRowsAreTaken() {
        assertThatNoException()
                .isThrownBy(() -> LOADED.requireThere(replica(List.of("item", "none"), false, true), DIALECT));

        assertThat(asked).last().asString().contains("`shop`.`Item`").doesNotContain("none");
    }

    @Test
    void oneThatIsGoneEndsTheRun() {
        assertThatThrownBy(() -> LOADED.requireThere(replica(List.of("item"), false, true), DIALECT))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("CORE-882")
                .hasMessageContaining("1 of 2 tables")
                .hasMessageContaining("shop.none");
    }

    @Test
    void oneThatWasEmptiedToo() {
        assertThatThrownBy(() -> LOADED.requireThere(replica(List.of("Item", "none"), false, false), DIALECT))
                .isInstanceOf(StepRefusedException.class)
                .hasMessageContaining("CORE-882")
                .hasMessageContaining("shop.Item");
    }

    /** From then on the source says what is in them. */
    @Test
    void onceAReplicaFollowsItsSourceNothingIsLookedAt() {
        assertThatNoException().isThrownBy(() -> LOADED.requireThere(replica(List.of(), true, false), DIALECT));

        assertThat(asked).hasSize(1);
    }

    @Test
    void whoHasLoadedNothingAsksNothing() {
        LoadedTables.NONE.requireThere(replica(List.of(), false, false), DIALECT);

        assertThat(asked).isEmpty();
    }

    @Test
    void manyAreLookedAtTogether() {
        List<String> names = IntStream.range(0, 250).mapToObj(i -> "t" + i).toList();
        LoadedTables many = new LoadedTables(
                names.stream().collect(Collectors.toMap(name -> TableName.of("shop", name), name -> 1L)));

        many.requireThere(replica(names, false, true), DIALECT);

        assertThat(asked).hasSize(1 + 1 + 3);
    }
}
