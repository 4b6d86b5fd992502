// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MySqlReleaseTest {

    @ParameterizedTest
    @CsvSource({"5.7, MYSQL_5_7", "8.0, MYSQL_8_0_31", "9, MYSQL_9", "8.0.15, MYSQL_8_0_15", "8.0.33, MYSQL_8_0_33"})
    void releasesAreFoundByFamilyAndByVersion(String name, MySqlRelease release) {
        assertThat(MySqlRelease.named(name)).isEqualTo(release);
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> MySqlRelease.named("5.5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5.5")
                .hasMessageContaining("8.0.15");
    }

    @Test
    void versionsAreComparedAsNumbers() {
        assertThat(MySqlRelease.MYSQL_8_0_15.isAtLeast(8, 0, 4)).isTrue();
        assertThat(MySqlRelease.MYSQL_8_0_15.isAtLeast(8, 0, 22)).isFalse();
        assertThat(MySqlRelease.MYSQL_9.isAtLeast(8, 4, 0)).isTrue();
    }
}
