// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    private static RunOptions parsed(String... arguments) {
        Hops hops = new Hops();
        new CommandLine(hops).parseArgs(arguments);
        return hops.run;
    }
}
