// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.benchmarks.Contender.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ExtraOptionsTest {
    private static final SdkThreads THREADS = SdkThreads.of(SdkThreads.OWN);
    private static final long NARROW_ROWS = 2_000_000;

    @Test
    void withoutOptionsThereIsNothingExtra() {
        ExtraOptions none = parsed();

        assertThat(none.beside(THREADS)).isEmpty();
        assertThat(none.alone(THREADS, NARROW_ROWS)).isEmpty();
    }

    @Test
    void extraRowsHaveTheRoleThatIsInNoRatio() {
        List<Contender> beside =
                parsed("--heap", "64m,128m", "--redo-log-off", "--warm").beside(THREADS);

        assertThat(beside)
                .extracting(Contender::name)
                .containsExactly("Sluice, -Xmx64m", "Sluice, -Xmx128m", "Sluice, no redo log", "Sluice, warm JVM");
        assertThat(beside).extracting(Contender::role).containsOnly(Role.EXTRA);
    }

    @Test
    void tableTenTimesLargerIsCopiedWith64Megabytes() {
        assertThat(parsed("--large").alone(THREADS, NARROW_ROWS))
                .singleElement()
                .satisfies(large -> {
                    assertThat(large.data()).isEqualTo(new LargeTable(5_000_000));
                    assertThat(large.contender().name()).isEqualTo("Sluice, -Xmx64m");
                });
    }

    @Test
    void rowsOf8And16MegabytesHaveTheirOwnHeaps() {
        List<ExtraOptions.Alone> wide = parsed("--wide").alone(THREADS, NARROW_ROWS);

        assertThat(wide).extracting(ExtraOptions.Alone::data).containsExactly(new WideRows(8), new WideRows(16));
        assertThat(wide)
                .extracting(one -> one.contender().name())
                .containsExactly("Sluice, -Xmx64m", "Sluice, -Xmx128m");
    }

    @Test
    void wideRowsTogetherAreMoreThanTheHeapHolds() {
        assertThat(new WideRows(8).rows() * 8).isGreaterThan(64);
        assertThat(new WideRows(16).rows() * 16).isGreaterThan(128);
    }

    private static ExtraOptions parsed(String... arguments) {
        ExtraOptions options = new ExtraOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
