// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ChunkEndsTest {
    private static final int ROWS = 100;

    /** A table of whole numbers whose server is as wrong as it is told to be. */
    private static final class Numbers implements KeyLook {
        private final NavigableSet<BigInteger> all = new TreeSet<>();
        private final LongUnaryOperator error;
        private int looks;
        private int counts;

        Numbers(LongStream numbers, LongUnaryOperator error) {
            numbers.mapToObj(BigInteger::valueOf).forEach(all::add);
            this.error = error;
        }

        Numbers(LongStream numbers) {
            this(numbers, rows -> rows);
        }

        private NavigableSet<BigInteger> in(KeyRange range) {
            NavigableSet<BigInteger> some = all;
            if (range.after() != null) {
                some = some.tailSet(number(range.after()), false);
            }
            return range.upTo() == null ? some : some.headSet(number(range.upTo()), true);
        }

        private static BigInteger number(RowKey key) {
            return new BigInteger(key.values().get(0));
        }

        @Override
        public Optional<RowKey> at(KeyRange range, long places) {
            counts++;
            return in(range).stream().skip(places).findFirst().map(key -> new RowKey(List.of(key.toString())));
        }

        @Override
        public long estimate(KeyRange range) {
            looks++;
            return error.applyAsLong(in(range).size());
        }

        @Override
        public Optional<Ends> ends() {
            return all.isEmpty() ? Optional.empty() : Optional.of(new Ends(all.first(), all.last()));
        }

        /** The rows of each chunk; together they are all rows, as the ends rise. */
        List<Integer> chunks() {
            ChunkEnds ends = EstimatedEnds.of(this, ROWS);
            List<Integer> sizes = new ArrayList<>();
            RowKey after = null;
            for (Optional<RowKey> end = ends.next(); end.isPresent(); end = ends.next()) {
                if (after != null) {
                    assertThat(number(end.get())).isGreaterThan(number(after));
                }
                sizes.add(in(new KeyRange(after, end.get())).size());
                after = end.get();
            }
            sizes.add(in(new KeyRange(after, null)).size());
            assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(all.size());
            return sizes;
        }
    }

    @Test
    void numbersWithoutGapsTakeOneLookAChunk() {
        Numbers numbers = new Numbers(LongStream.rangeClosed(1, 10_000));

        assertThat(numbers.chunks()).hasSize(100).allMatch(rows -> rows == ROWS);
        assertThat(numbers.looks).isEqualTo(101);
        assertThat(numbers.counts).isZero();
    }

    @Test
    void numbersFarApartAreFoundSoon() {
        Random random = new Random(4711);
        Numbers numbers = new Numbers(LongStream.generate(random::nextLong).limit(10_000));

        assertThat(numbers.chunks()).allMatch(rows -> rows <= 2 * ROWS).hasSizeBetween(50, 200);
        assertThat(numbers.looks).isLessThan(300);
        assertThat(numbers.counts).isZero();
    }

    @Test
    void crowdsAndDesertsMakeNoLargeChunk() {
        Numbers numbers = new Numbers(LongStream.concat(
                LongStream.concat(LongStream.range(-5_000, 0), LongStream.of(Long.MIN_VALUE, Long.MAX_VALUE)),
                LongStream.range(1L << 60, (1L << 60) + 5_000)));

        assertThat(numbers.chunks()).allMatch(rows -> rows <= 2 * ROWS).hasSizeLessThan(220);
    }

    @Test
    void allUnsignedNumbersAreReached() {
        Numbers numbers = new Numbers(LongStream.range(0, 500));
        BigInteger most = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
        for (int i = 0; i < 500; i++) {
            numbers.all.add(most.subtract(BigInteger.valueOf(i)));
        }

        assertThat(numbers.chunks()).allMatch(rows -> rows <= 2 * ROWS);
    }

    @Test
    void aTableWithoutRowsIsOneChunk() {
        assertThat(new Numbers(LongStream.empty()).chunks()).containsExactly(0);
    }

    @Test
    void aServerThatAlwaysBelievesInTooManyRowsHasThemCounted() {
        Numbers numbers = new Numbers(LongStream.range(0, 1_000), rows -> 1_000_000);

        assertThat(numbers.chunks()).allMatch(rows -> rows <= ROWS);
        assertThat(numbers.counts).isPositive();
    }

    @Test
    void aServerThatBelievesInNoRowsHasOneLargeChunk() {
        assertThat(new Numbers(LongStream.range(0, 1_000), rows -> 0).chunks()).containsExactly(1_000);
    }

    @Test
    void estimatesThatAreOffByHalfDoNoHarm() {
        Random random = new Random(17);
        Numbers numbers = new Numbers(LongStream.range(0, 10_000), rows -> (long) (rows * (0.5 + random.nextDouble())));

        assertThat(numbers.chunks()).allMatch(rows -> rows <= 4 * ROWS).hasSizeBetween(30, 300);
    }
}
