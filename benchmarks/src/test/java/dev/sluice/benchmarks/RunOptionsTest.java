// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.testservers.MySqlRelease;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class RunOptionsTest {
    @Command(name = "hops")
    static final class Hops {
        @Mixin
        private RunOptions run = new RunOptions();
    }

    @Test
    void figuresGoWhereTheCommandsNameSays() {
        assertThat(parsed().json()).isEqualTo(Path.of("benchmarks/target/bench-hops.json"));
        assertThat(parsed().threads()).isEqualTo(2);
    }

    @Test
    void figuresGoWhereTheUserSays() {
        assertThat(parsed("--json", "here.json", "--threads", "3").json()).isEqualTo(Path.of("here.json"));
    }

    @Test
    void measuresReleasesThatHaveClientPrograms() {
        assertThat(parsed().release()).isEqualTo(MySqlRelease.MYSQL_8_0_33);
        assertThat(parsed("--release", "9").release()).isEqualTo(MySqlRelease.MYSQL_9);
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> parsed("--release", "5.7"))
                .withMessageContaining("'5.7' is neither 8.0.33 nor 9");
    }

    private static RunOptions parsed(String... arguments) {
        Hops hops = new Hops();
        new CommandLine(hops).parseArgs(arguments);
        return hops.run;
    }
}
