// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.verify;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Steps along a key of one whole number and asks for the server's estimate of the rows in each step, since passing over all rows to count
 * them is a tenth of the work of a comparison. A wrong estimate makes a chunk larger or smaller, nothing else. Where the numbers are so
 * uneven that no step is found, the rows of that chunk are counted.
 */
final class EstimatedEnds implements ChunkEnds {
    private static final int MOST_LOOKS_A_CHUNK = 8;
    private static final BigInteger LARGEST_GROWTH = BigInteger.valueOf(4_096);

    private final KeyLook keys;
    private final long rows;
    private final BigInteger greatest;
    private BigInteger after;
    private BigInteger step;
    private boolean isFirst = true;

    private EstimatedEnds(KeyLook keys, long rows, KeyLook.Ends ends) {
        this.keys = keys;
        this.rows = rows;
        this.greatest = ends.greatest();
        this.after = ends.least().subtract(BigInteger.ONE);
        this.step = stepUpTo(greatest, Math.max(rows, keys.estimate(KeyRange.WHOLE)));
    }

    /** So many rows a chunk, or half as many, or twice as many. */
    static ChunkEnds of(KeyLook keys, long rows) {
        return keys.ends()
                .<ChunkEnds>map(ends -> new EstimatedEnds(keys, rows, ends))
                .orElse(Optional::empty);
    }

    @Override
    public Optional<RowKey> next() {
        for (int look = 0; look < MOST_LOOKS_A_CHUNK && after.compareTo(greatest) < 0; look++) {
            BigInteger end = after.add(step).min(greatest);
            long believed = keys.estimate(range(key(end)));
            if (believed > 2 * rows) {
                step = stepUpTo(end, believed);
            } else if (end.equals(greatest)) {
                return Optional.empty();
            } else if (believed < rows / 2) {
                step = step.multiply(growth(believed));
            } else {
                return Optional.of(endsAt(end));
            }
        }
        return after.compareTo(greatest) < 0 ? counted() : Optional.empty();
    }

    /** The step that would be right if so many rows lay as close together everywhere up to there. */
    private BigInteger stepUpTo(BigInteger end, long believed) {
        return end.subtract(after)
                .multiply(BigInteger.valueOf(rows))
                .divide(BigInteger.valueOf(believed))
                .max(BigInteger.ONE);
    }

    private BigInteger growth(long believed) {
        return BigInteger.valueOf(rows)
                .divide(BigInteger.valueOf(Math.max(1, believed)))
                .max(BigInteger.TWO)
                .min(LARGEST_GROWTH);
    }

    private Optional<RowKey> counted() {
        Optional<RowKey> end = keys.at(range(null), rows - 1);
        end.map(key -> new BigInteger(key.values().get(0))).ifPresent(number -> {
            step = number.subtract(after).max(BigInteger.ONE);
            endsAt(number);
        });
        return end;
    }

    private RowKey endsAt(BigInteger end) {
        after = end;
        isFirst = false;
        return key(end);
    }

    /** Before the least key there is no number that every type of column has. */
    private KeyRange range(@Nullable RowKey upTo) {
        return new KeyRange(isFirst ? null : key(after), upTo);
    }

    private static RowKey key(BigInteger number) {
        return new RowKey(List.of(number.toString()));
    }
}
