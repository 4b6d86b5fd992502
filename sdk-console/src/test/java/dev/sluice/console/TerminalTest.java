// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    xterm-256color, -,    -,     true
                    xterm-256color, '',   '',    true
                    xterm-256color, -,    false, true
                    dumb,           -,    -,     false
                    '',             -,    -,     false
                    -,              -,    -,     false
                    xterm,          1,    -,     false
                    xterm,          -,    true,  false
                    xterm,          -,    1,     false""")
    void theEnvironmentSaysWhetherBarsAreWanted(String term, String noColor, String ci, boolean wanted) {
        Map<String, String> environment = new HashMap<>();
        environment.computeIfAbsent("TERM", name -> term);
        environment.computeIfAbsent("NO_COLOR", name -> noColor);
        environment.computeIfAbsent("CI", name -> ci);

        assertThat(Terminal.wantsBars(environment)).isEqualTo(wanted);
    }

    @Test
    void theSizeIsRowsFirst() {
        assertThat(Terminal.parse("24 80\n")).contains(new TerminalSize(80, 24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0 0\n", "24\n", "a b", "24 80 7"})
    void whatIsNoSizeIsNone(String said) {
        assertThat(Terminal.parse(said)).isEmpty();
    }

    @Test
    void noWindowIsEmpty() {
        assertThatThrownBy(() -> new TerminalSize(0, 24)).isInstanceOf(IllegalArgumentException.class);
    }
}
