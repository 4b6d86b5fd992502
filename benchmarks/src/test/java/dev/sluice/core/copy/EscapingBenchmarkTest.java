// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapingBenchmarkTest {
    @ParameterizedTest
    @CsvSource({"LOAD, TEXT", "LOAD, BINARY", "INSERT, TEXT", "INSERT, BINARY"})
    void whatIsMeasuredWritesWholeRows(EscapingBenchmark.Format format, EscapingBenchmark.Kind kind) {
        EscapingBenchmark benchmark = new EscapingBenchmark();
        benchmark.format = format;
        benchmark.kind = kind;

        benchmark.setUp();

        assertThat(benchmark.append()).isBetween((int) (16 * benchmark.size()), (int) (16 * benchmark.size() + 100));
    }

    @ParameterizedTest
    @CsvSource({"LOAD", "INSERT"})
    void randomBytesNeedEscapes(EscapingBenchmark.Format format) {
        EscapingBenchmark benchmark = new EscapingBenchmark();
        benchmark.format = format;
        benchmark.kind = EscapingBenchmark.Kind.BINARY;

        benchmark.setUp();

        assertThat(benchmark.size()).isGreaterThan((64 << 10) + 500);
    }
}
