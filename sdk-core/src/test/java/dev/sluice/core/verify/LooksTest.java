// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.verify.Looks.Sight;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What counts as the same. */
class LooksTest {
    @Test
    void agreesOnlyIfTheSourceShowsTheSameBeforeAndAfter() {
        assertThat(new Sight<>(1, 1, 1).agrees()).isTrue();
        assertThat(new Sight<>(1, 1, 2).agrees()).isFalse();
        assertThat(new Sight<>(2, 1, 1).agrees()).isFalse();
        assertThat(new Sight<>(1, 2, 1).agrees()).isFalse();
    }

    @Test
    void whatOneOfThreeLooksShowsOtherwiseOrNotAtAllDiffers() {
        Map<String, Integer> source = Map.of("same", 1, "changed later", 1, "gone later", 1, "missing", 1);
        Map<String, Integer> replica = Map.of("same", 1, "changed later", 1, "gone later", 1, "extra", 1);
        Map<String, Integer> later = Map.of("same", 1, "changed later", 2, "missing", 1, "new", 1);

        assertThat(Sight.differing(new Sight<>(source, replica, later)))
                .containsExactlyInAnyOrder("changed later", "gone later", "missing", "extra", "new");
    }
}
