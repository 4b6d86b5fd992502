// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.copy;

/**
 * How much of the heap a copy may use. Immutable and thread-safe.
 *
 * @param heap the JVM's largest heap, in bytes
 */
record MemoryLimits(long heap) {
    private static final int SMALLEST_BATCH = 128 << 10;

    /** In smaller ones, arrays that stay where they are break up the room for wide rows. */
    private static final long SMALL_HEAP = 256 << 20;

    /** Java's usual garbage collector moves no array that takes half of one of its regions, which are of 1 MiB in small heaps. */
    private static final int LARGEST_MOVED = (512 << 10) - 64;

    /** Large enough that a commit a batch costs little. */
    private static final int LARGEST_BATCH = 2 << 20;

    /** Below what a reader holds where rows are wide: the packet, the value, and what the driver still has of the row before. */
    private static final long HEAP_PER_READER = 24 << 20;

    /** Batches take one part of so many at most, but for the smallest heaps. */
    private static final long BATCHES_SHARE = 8;

    /** From this size on rows count as wide: readers hold them one after the other. */
    static final int WIDE_ROW = 512 << 10;

    static MemoryLimits ofThisJvm() {
        return new MemoryLimits(Runtime.getRuntime().maxMemory());
    }

    /** How many of so many readers can read at the same time. */
    int readers(int given) {
        return (int) Math.max(1, Math.min(given, heap / HEAP_PER_READER));
    }

    /** The size of a batch where so many are under way. */
    int batchBytes(int batches) {
        long largest = heap < SMALL_HEAP ? LARGEST_MOVED : LARGEST_BATCH;
        return (int) Math.max(SMALLEST_BATCH, Math.min(largest, heap / BATCHES_SHARE / batches));
    }

    /** How many batches of this size can be under way. */
    int batches(int batchBytes) {
        return (int) Math.max(1, heap / BATCHES_SHARE / batchBytes);
    }
}
