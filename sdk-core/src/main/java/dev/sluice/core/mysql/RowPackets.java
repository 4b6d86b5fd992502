// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Packets of a text result, in a buffer in which values stay where they came in. A packet that does not fit has an array of its own until the
 * next one. One thread at a time.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html">MySQL: packets</a>
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_row.html">MySQL: rows</a>
 */
final class RowPackets {
    /** In the place of a length: the value is NULL. In an answer's first byte: the server asks for a file. */
    static final int NULL = 0xfb;

    private static final int ERROR = 0xff;
    private static final int LAST = 0xfe;
    private static final int HEADER = 4;
    /** A packet of this length goes on in the next one. */
    private static final int LONGEST = 0xffffff;

    private static final int BUFFER = 128 << 10;

    private final InputStream in;
    private final LongConsumer beforeWide;
    private final byte[] buffer = new byte[BUFFER];
    /** What was read and not yet used, of the buffer. */
    private int from;

    private int to;

    /** The packet: the buffer, or an array of its own. */
    private byte[] packet = buffer;

    private int at;
    private int end;

    /**
     * Packets.
     *
     * @param beforeWide asked before memory is taken for a packet that does not fit into the buffer, by its length, or what of it the server has
     *     announced. What it throws goes to the caller, and the packet can still be read
     */
    RowPackets(InputStream in, LongConsumer beforeWide) {
        this.in = in;
        this.beforeWide = beforeWide;
    }

    /**
     * What describes the columns is of no interest: how a value is written follows from the query.
     *
     * @param answer the packet that says how many there are
     * @param endsWithoutPacket whether the rows follow at once
     */
    void skipColumns(byte[] answer, boolean endsWithoutPacket) throws IOException {
        packet = answer;
        at = 0;
        end = answer.length;
        int columns = length(packet[at++] & 0xff);
        for (int i = 0; i < columns + (endsWithoutPacket ? 0 : 1); i++) {
            take();
        }
    }

    /**
     * Has the values point into the next row, up to its next call. An empty array skips the row.
     *
     * @return false if it was no row but the end: see {@link #last()}
     */
    boolean next(RawValue[] into) throws IOException {
        if (into.length == 0 && announced() > buffer.length - HEADER) {
            skipWide();
            return true;
        }
        take();
        int first = end > at ? packet[at] & 0xff : 0;
        if (first == ERROR || (first == LAST && end - at < LONGEST)) {
            return false;
        }
        if (into.length > 0) {
            for (RawValue value : into) {
                read(value);
            }
            if (at != end) {
                throw new IOException("A row has more columns than were asked for");
            }
        }
        return true;
    }

    /** The packet after the rows. */
    byte[] last() {
        return Arrays.copyOfRange(packet, at, end);
    }

    private void read(RawValue value) throws IOException {
        if (at >= end) {
            throw new IOException("A row has fewer columns than were asked for");
        }
        int first = packet[at++] & 0xff;
        if (first == NULL) {
            value.clear();
            return;
        }
        int length = first < NULL ? first : length(first);
        if (length > end - at) {
            throw new IOException("A value is longer than its row");
        }
        value.set(packet, at, length);
        at += length;
    }

    /** The number that a first byte announces. */
    private int length(int first) throws IOException {
        if (first < NULL) {
            return first;
        }
        int bytes = first == 0xfc ? 2 : first == 0xfd ? 3 : 8;
        if (first == ERROR || bytes > end - at) {
            throw new IOException("A length in a row is none");
        }
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length |= (packet[at++] & 0xffL) << (8 * i);
        }
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new IOException("A value is longer than any that this can hold");
        }
        return (int) length;
    }

    /** Goes to the next packet. */
    private void take() throws IOException {
        // A wide row must not be held while the next one is fetched.
        packet = buffer;
        int length = announced();
        if (length > buffer.length - HEADER) {
            beforeWide.accept(length);
            from += HEADER;
            takeWide(length);
            return;
        }
        from += HEADER;
        require(length);
        at = from;
        end = from + length;
        from = end;
    }

    private void takeWide(int first) throws IOException {
        byte[] whole = whole(new byte[first], 0, first);
        int length = first;
        while (length == LONGEST) {
            length = announced();
            from += HEADER;
            int before = whole.length;
            if (length > Integer.MAX_VALUE - 8 - before) {
                throw new IOException("A row is longer than any that this can hold");
            }
            whole = whole(Arrays.copyOf(whole, before + length), before, length);
        }
        packet = whole;
        at = 0;
        end = whole.length;
    }

    /** No error is that long: it is a row. */
    private void skipWide() throws IOException {
        packet = buffer;
        int length = LONGEST;
        while (length == LONGEST) {
            length = announced();
            from += HEADER;
            skip(length);
        }
    }

    private void skip(int length) throws IOException {
        int here = Math.min(length, to - from);
        from += here;
        for (int left = length - here; left > 0; ) {
            left -= some(buffer, 0, Math.min(left, buffer.length));
        }
    }

    private byte[] whole(byte[] into, int offset, int length) throws IOException {
        int here = Math.min(length, to - from);
        System.arraycopy(buffer, from, into, offset, here);
        from += here;
        for (int filled = here; filled < length; ) {
            filled += some(into, offset + filled, length - filled);
        }
        return into;
    }

    /** The length in the header that comes next. */
    private int announced() throws IOException {
        require(HEADER);
        return (buffer[from] & 0xff) | (buffer[from + 1] & 0xff) << 8 | (buffer[from + 2] & 0xff) << 16;
    }

    /** Has as many bytes in the buffer, one after the other. */
    private void require(int bytes) throws IOException {
        if (to - from < bytes) {
            fill(bytes);
        }
    }

    private void fill(int bytes) throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        while (to < bytes) {
            to += some(buffer, to, buffer.length - to);
        }
    }

    private int some(byte[] into, int offset, int most) throws IOException {
        int read = in.read(into, offset, most);
        if (read < 0) {
            throw new EOFException("The server ended the connection in the middle of a result");
        }
        return read;
    }
}
