// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.Problem;
import dev.sluice.api.estimate.CopyProbe;
import dev.sluice.api.estimate.TableEstimate;
import dev.sluice.api.estimate.TableEstimate.Basis;
import dev.sluice.api.plan.TableName;
import dev.sluice.core.copy.CopyBudget;
import dev.sluice.core.estimate.Sample.OfTable;
import dev.sluice.core.estimate.Statistics.Table;
import dev.sluice.core.mysql.RawValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
    private static final long MIB = 1 << 20;
    private static final TableName BIG = TableName.of("shop", "big");
    private static final TableName OTHER = TableName.of("shop", "other");

    private static TableEstimate of(Table table, Map<TableName, OfTable> read) {
        return new TableEstimates(new Sample(read, 0, new byte[0], List.of()))
                .of(List.of(table))
                .get(0);
    }

    @Test
    void rowsAreThoseOfTheStatisticsAndTheirWidthThatOfTheProbe() {
        TableEstimate estimate = of(
                new Table(BIG, 1_000_000, 200 * MIB, 50 * MIB, 260 * MIB),
                Map.of(BIG, new OfTable(1000, 120_000, false)));

        assertThat(estimate.rows()).isEqualTo(1_000_000);
        assertThat(estimate.bytes()).isEqualTo(120_000_000);
        assertThat(estimate.basis()).isEqualTo(Basis.STATISTICS);
    }

    @Test
    void aTableThatWasReadWholeIsKnown() {
        TableEstimate estimate = of(new Table(BIG, 7, 16384, 0, 0), Map.of(BIG, new OfTable(12, 300, true)));

        assertThat(estimate.rows()).isEqualTo(12);
        assertThat(estimate.bytes()).isEqualTo(300);
        assertThat(estimate.basis()).isEqualTo(Basis.READ);
    }

    /** InnoDB's statistics are some seconds to days behind a load. */
    @Test
    void statisticsFarBehindTheFileAreBroughtIntoProportion() {
        TableEstimate known = of(new Table(BIG, 1000, MIB, 0, 100 * MIB), Map.of(BIG, new OfTable(500, 50_000, false)));
        TableEstimate unknown =
                of(new Table(BIG, 0, 16384, 0, 100 * MIB), Map.of(BIG, new OfTable(500, 50_000, false)));

        assertThat(known.rows()).isBetween(700_000L, 1_100_000L);
        assertThat(known.basis()).isEqualTo(Basis.FILE_SIZE);
        assertThat(unknown.rows()).isBetween(700_000L, 1_100_000L);
        assertThat(unknown.bytes()).isBetween(70 * MIB, 110 * MIB);
    }

    /** As seen on 8.0.31: rows were counted on, and the size was still one page. */
    @Test
    void rowsThatWereCountedMeanwhileCount() {
        TableEstimate estimate =
                of(new Table(BIG, 900_000, 16384, 16384, 100 * MIB), Map.of(BIG, new OfTable(500, 50_000, false)));

        assertThat(estimate.rows()).isEqualTo(900_000);
        assertThat(estimate.storedBytes() + estimate.indexBytes()).isEqualTo(100 * MIB);
    }

    @Test
    void aFileThatIsLargeBecauseRowsWereDeletedIsNotStale() {
        assertThat(new Table(BIG, 10, 16384, 0, 200 * 1024).isStale()).isFalse();
        assertThat(new Table(BIG, 10_000, 10 * MIB, MIB, 12 * MIB).isStale()).isFalse();
    }

    @Test
    void tablesThatWereNotReadAreReckonedAsThoseThatWere() {
        List<TableEstimate> estimates = new TableEstimates(
                        new Sample(Map.of(BIG, new OfTable(100, 10_000, false)), 0, new byte[0], List.of()))
                .of(List.of(new Table(BIG, 10_000, 2_000_000, 0, 0), new Table(OTHER, 500, 1_000_000, 0, 0)));

        assertThat(estimates.get(1).bytes()).isEqualTo(500_000);
    }

    @Test
    void theSlowerEndAndTheBudgetSetThePace() {
        List<TableEstimate> tables = List.of(new TableEstimate(BIG, 1, 100 * MIB, 100 * MIB, 0, Basis.STATISTICS));
        Sample sample = new Sample(Map.of(), 50 * MIB, new byte[0], List.of());
        CopyBudget budget = CopyBudget.fixed(4, 4);

        assertThat(CopyTime.of(tables, sample, OptionalLong.of(10 * MIB), budget))
                .hasSeconds(11);
        assertThat(CopyTime.of(tables, sample, OptionalLong.of(500 * MIB), budget))
                .hasSeconds(3);
        assertThat(CopyTime.of(tables, sample, OptionalLong.of(500 * MIB), budget.bytesPerSecond(MIB)))
                .hasSeconds(101);
        assertThat(CopyTime.of(List.of(), sample, OptionalLong.empty(), budget)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"PT0S,24", "PT1H,24", "PT6H,24", "PT6H1S,25", "PT10H,40", "PT60H,240"})
    void retentionIsFourTimesTheLongestCopyAndADayAtLeast(Duration longest, long hours) {
        assertThat(NeededRetention.forCopyOf(longest)).isEqualTo(Duration.ofHours(hours));
    }

    @Test
    void tellsTimesForPeople() {
        assertThat(NeededRetention.inWords(Duration.ZERO)).contains("anybody");
        assertThat(NeededRetention.inWords(Duration.ofHours(30))).isEqualTo("30 h");
    }

    private static RawValue value(String text) {
        RawValue value = new RawValue();
        value.set(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
        return value;
    }

    @Test
    void sampledRowsAreOneLineEachWhateverTheyHold() {
        SampleText text = new SampleText();

        long bytes = text.add(new RawValue[] {value("a\tb\nc\\d"), value(null)});

        assertThat(bytes).isEqualTo(2 + 7 + 2);
        assertThat(new String(text.bytes(), StandardCharsets.UTF_8)).isEqualTo("a\\\tb\\\nc\\\\d  \n");
    }

    @Test
    void noMoreIsKeptThanTheLimit() {
        SampleText text = new SampleText();
        for (int i = 0; i < 10; i++) {
            text.add(new RawValue[] {value("x".repeat(1 << 20))});
        }
        assertThat(text.bytes().length).isLessThanOrEqualTo(SampleText.MOST_BYTES);
    }

    @Test
    void hasTheSameInAllItsForms() {
        CopyEstimateValue estimate = new CopyEstimateValue(
                "f1",
                Instant.EPOCH,
                List.of(new TableEstimate(TableName.of("shop", "a\nb"), 5, 3 * MIB, MIB, 0, Basis.FILE_SIZE)),
                new CopyProbe(1, 2, MIB, 8 * MIB, OptionalLong.empty(), "It was not measured"),
                Duration.ofSeconds(10),
                Duration.ofHours(24),
                null,
                List.of(Problem.of(EstimateCode.RETENTION_SHORT, "too short")),
                List.of("a note"));

        assertThat(estimate.text())
                .contains(
                        "1 tables, about 5 rows, 3.0 MiB", "about 10 s, 40 s at most", "for ever", "CORE-787", "a note")
                .doesNotContain("a\nb");
        assertThat(estimate.json())
                .contains("\"copyTimeAtMost\" : \"PT40S\"", "\"FILE_SIZE\"", "\"readBytesPerSecond\" : " + 8 * MIB)
                .doesNotContain("writtenBytesPerSecond");
    }
}
