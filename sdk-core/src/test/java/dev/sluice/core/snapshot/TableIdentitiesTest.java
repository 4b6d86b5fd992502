// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.plan.TableName;
import dev.sluice.api.spi.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableIdentitiesTest {
    private static final TableName PLAIN = TableName.of("db", "plain");
    private static final TableName DASH = TableName.of("db", "a-b");
    private static final TableName LETTERS = TableName.of("db", "ä");
    private static final TableName DEVICE = TableName.of("db", "con");
    private static final TableName PARTED = TableName.of("db", "parted");
    private static final List<TableName> ALL = List.of(PLAIN, DASH, LETTERS, DEVICE, PARTED);

    private static final List<String> STORED = List.of(
            "db/plain",
            "db/a@002db",
            "db/@0k",
            "db/con@@@",
            "db/parted#P#p0",
            "db/parted#P#p1",
            "mysql/innodb_table_stats");

    /** The names as the server stores them; the one at this place has another number. */
    private static TableIdentities identities(int changed) {
        return TableIdentities.of(
                IntStream.range(0, STORED.size())
                        .mapToObj(i -> row(STORED.get(i), i == changed ? 999 : 100 + i))
                        .toList(),
                ALL);
    }

    private static Row row(String name, int id) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put("id", Integer.toString(id));
        return Row.of(values);
    }

    private static List<TableName> changedAfter(int changed) {
        TableIdentities before = identities(-1);
        TableIdentities after = identities(changed);
        return ALL.stream().filter(table -> !before.isSame(table, after)).toList();
    }

    @Test
    void aTableThatStaysIsTheSame() {
        assertThat(changedAfter(-1)).isEmpty();
        assertThat(identities(-1)).isEqualTo(identities(-1)).hasSameHashCodeAs(identities(-1));
        assertThat(identities(-1)).isNotEqualTo(identities(0));
    }

    @Test
    void aTableOfAsciiNameIsTakenForItselfAlone() {
        assertThat(changedAfter(0)).containsExactly(PLAIN);
        assertThat(changedAfter(1)).contains(DASH).doesNotContain(PLAIN, PARTED);
    }

    @Test
    void aPartitionIsPartOfItsTable() {
        assertThat(changedAfter(4)).containsExactly(PARTED);
        assertThat(changedAfter(5)).containsExactly(PARTED);
    }

    @Test
    void namesThatTheServerStoresInItsOwnWayAreJudgedTogether() {
        assertThat(changedAfter(2)).containsExactly(LETTERS, DEVICE);
        assertThat(changedAfter(3)).containsExactly(LETTERS, DEVICE);
    }

    @Test
    void whatIsOutsideTheQuestionDoesNotMatter() {
        assertThat(changedAfter(6)).isEmpty();
        assertThat(identities(-1).isSame(TableName.of("db", "unknown"), identities(-1)))
                .isTrue();
    }
}
