// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static final Column A = new Column("a", ColumnKind.NUMBER, "int", true, "", "", false);
    private static final Column DOC = new Column("doc", ColumnKind.JSON, "json", true, "", "", false);

    private static List<Column> differing(List<String> source, List<String> replica) {
        return Differences.differing(List.of(A, DOC), source, replica);
    }

    @Test
    void jsonThatOnlyTheVersionSpellsOtherwiseDoesNotDiffer() {
        assertThat(differing(List.of("hash1", "{\"x\": 1}"), List.of("hash2", "{\"x\": 1.0}")))
                .containsExactly(A);
    }

    @Test
    void jsonThatMeansSomethingElseDiffers() {
        assertThat(differing(List.of("hash1", "{\"x\": 1}"), List.of("hash1", "{\"x\": 2}")))
                .containsExactly(DOC);
        assertThat(differing(List.of("hash1", "null"), Arrays.asList("hash1", null)))
                .containsExactly(DOC);
    }
}
