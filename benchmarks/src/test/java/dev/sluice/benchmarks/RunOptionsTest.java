// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.core.copy.CopyBudget;
import dev.sluice.testservers.MySqlRelease;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
    }

    @Test
    void figuresGoWhereTheUserSays() {
        assertThat(parsed("--json", "here.json", "--threads", "3").json()).isEqualTo(Path.of("here.json"));
    }

    @Test
    void withoutANumberSluiceHasWhatARunHas() {
        SdkThreads own = parsed().threads();

        assertThat(own.copying()).isEqualTo(CopyBudget.atMost(4, 4));
        assertThat(own.comparing()).isEqualTo(4);
        assertThat(SdkThreads.of(own.toString())).isEqualTo(own);
    }

    @Test
    void aNumberOfThreadsIsFixed() {
        SdkThreads three = parsed("--threads", "3").threads();

        assertThat(three.copying()).isEqualTo(CopyBudget.fixed(3, 3));
        assertThat(three.comparing()).isEqualTo(3);
        assertThat(SdkThreads.of(three.toString())).isEqualTo(three);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "-1", "two", "999999999999"})
    void otherThreadsAreRefused(String wrong) {
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> parsed("--threads", wrong))
                .withMessageContaining("'" + wrong + "' is neither own nor a number of 1 to 64");
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
