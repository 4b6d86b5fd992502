// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One way of one connection: what was read and is still to be passed on. Used by the relay's thread only. */
final class Lane {
    private static final int MOST_HELD = 256 * 1024;

    private final Way way;
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private int held;
    private boolean sourceEnded;
    private boolean finished;

    private record Parcel(ByteBuffer bytes, long due) {}

    Lane(Way way) {
        this.way = way;
    }

    /** Reads once. */
    void fill(SocketChannel from, Conditions conditions, long now) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(conditions.slice());
        int read = from.read(bytes);
        if (read < 0) {
            sourceEnded = true;
        } else if (read > 0) {
            parcels.add(new Parcel(bytes.flip(), now + conditions.latencyNanos()));
            held += read;
        }
    }

    /** Passes on what is due and what the line carries now; in the end also that the source has closed. */
    void drain(SocketChannel to, Conditions conditions, long now) throws IOException {
        while (isDue(conditions, now)) {
            Parcel parcel = parcels.element();
            int written = to.write(parcel.bytes());
            held -= written;
            conditions.carried(way, written, now);
            if (parcel.bytes().hasRemaining()) {
                return;
            }
            parcels.remove();
        }
        if (sourceEnded && parcels.isEmpty() && !finished) {
            finished = true;
            to.shutdownOutput();
        }
    }

    private boolean isDue(Conditions conditions, long now) {
        return !parcels.isEmpty() && parcels.element().due() <= now && conditions.freeAgainAt(way, now) <= now;
    }

    boolean wantsToRead(Conditions conditions) {
        return !sourceEnded && held < MOST_HELD && conditions.flows(way);
    }

    /** Whether the receiver's full buffer is all that it waits for. */
    boolean wantsToWrite(Conditions conditions, long now) {
        return conditions.flows(way) && isDue(conditions, now);
    }

    /** When it has to be looked at again though nothing arrives; {@code Long.MAX_VALUE} if never. */
    long nextTurn(Conditions conditions, long now) {
        if (parcels.isEmpty() || !conditions.flows(way)) {
            return Long.MAX_VALUE;
        }
        long turn = Math.max(parcels.element().due(), conditions.freeAgainAt(way, now));
        return turn <= now ? Long.MAX_VALUE : turn;
    }

    boolean finished() {
        return finished;
    }
}
