// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowPacketsTest {
    private static final int LONGEST = 0xffffff;
    private static final byte[] END = {(byte) 0xfe, 0, 0, 2, 0};

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final List<Long> asked = new ArrayList<>();

    /** Lengths on both sides of where the length's own form, the buffer and the packet change. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                250,
                251,
                252,
                65_535,
                65_536,
                131_060,
                131_063,
                131_064,
                131_068,
                131_072,
                200_000,
                LONGEST - 5,
                LONGEST - 4,
                LONGEST - 3,
                LONGEST,
                LONGEST + 1,
                2 * LONGEST + 3
            })
    void valuesArriveWhateverTheirLength(int length) throws IOException {
        byte[] value = bytes(length);
        row(value, bytes("after"));
        row(null, new byte[0]);
        packet(END);
        RowPackets packets = new RowPackets(wireInPieces(), asked::add);
        RawValue[] row = values(2);

        assertThat(packets.next(row)).isTrue();
        assertThat(copy(row[0])).isEqualTo(value);
        assertThat(copy(row[1])).isEqualTo(bytes("after"));
        assertThat(packets.next(row)).isTrue();
        assertThat(copy(row[0])).isNull();
        assertThat(copy(row[1])).isEmpty();
        assertThat(packets.next(row)).isFalse();
        assertThat(packets.last()).isEqualTo(END);
    }

    @Test
    void manyRowsOfRandomLengthsStayWhatTheyAre() throws IOException {
        Random random = new Random(20261121);
        List<byte @Nullable []> sent = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            byte[] value =
                    random.nextInt(10) == 0 ? null : bytes(random.nextInt(random.nextInt(50) == 0 ? 300_000 : 400));
            sent.add(value);
            row(value);
        }
        packet(END);
        RowPackets packets = new RowPackets(wireInPieces(), asked::add);
        RawValue[] row = values(1);

        for (byte[] value : sent) {
            assertThat(packets.next(row)).isTrue();
            assertThat(copy(row[0])).isEqualTo(value);
        }
        assertThat(packets.next(row)).isFalse();
    }

    @Test
    void memoryForAWideRowIsAskedForAndMayBeHadLater() throws IOException {
        row(bytes("narrow"));
        row(bytes(LONGEST));
        row(bytes(200_000));
        row(bytes(2 * LONGEST + 7));
        row(bytes("after"));
        packet(END);
        AtomicBoolean isFull = new AtomicBoolean(true);
        RowPackets packets = new RowPackets(wireInPieces(), bytes -> {
            asked.add(bytes);
            if (isFull.getAndSet(false)) {
                throw new IllegalStateException("not now");
            }
        });
        RawValue[] row = values(1);
        packets.next(row);

        assertThatIllegalStateException().isThrownBy(() -> packets.next(row)).withMessage("not now");
        packets.next(row);

        assertThat(copy(row[0])).isEqualTo(bytes(LONGEST));
        assertThat(asked).containsExactly((long) LONGEST, (long) LONGEST);
        assertThat(packets.next(values(0))).as("a row that is skipped").isTrue();
        assertThat(packets.next(values(0))).as("in several packets").isTrue();
        assertThat(asked).hasSize(2);
        assertThat(packets.next(row)).isTrue();
        assertThat(copy(row[0])).isEqualTo(bytes("after"));
        assertThat(packets.next(row)).isFalse();
    }

    @Test
    void columnsAreSkippedWithAndWithoutAPacketAfterThem() throws IOException {
        for (boolean endsWithoutPacket : List.of(true, false)) {
            wire.reset();
            packet(bytes(40));
            packet(bytes(50));
            if (!endsWithoutPacket) {
                packet(END);
            }
            row(bytes("x"), bytes("y"));
            RowPackets packets = new RowPackets(wireInPieces(), asked::add);
            RawValue[] row = values(2);

            packets.skipColumns(new byte[] {2}, endsWithoutPacket);

            assertThat(packets.next(row)).isTrue();
            assertThat(copy(row[1])).isEqualTo(bytes("y"));
        }
    }

    @Test
    void aNumberOfColumnsMayTakeMoreThanOneByte() throws IOException {
        for (int i = 0; i < 300; i++) {
            packet(bytes(30));
        }
        packet(END);
        RowPackets packets = new RowPackets(wireInPieces(), asked::add);

        packets.skipColumns(new byte[] {(byte) 0xfc, 300 & 0xff, 300 >> 8}, true);

        assertThat(packets.next(values(0))).isFalse();
    }

    @Test
    void anErrorIsNoRow() throws IOException {
        byte[] error = bytes("\u00ff#killed");
        row(bytes("x"));
        packet(error);
        RowPackets packets = new RowPackets(wireInPieces(), asked::add);

        assertThat(packets.next(values(1))).isTrue();
        assertThat(packets.next(values(1))).isFalse();
        assertThat(packets.last()).isEqualTo(error);
    }

    @Test
    void rowsThatNobodyWantsAreSkipped() throws IOException {
        row(bytes(300_000));
        row(bytes(3));
        packet(END);
        RowPackets packets = new RowPackets(wireInPieces(), asked::add);

        assertThat(packets.next(values(0))).isTrue();
        assertThat(packets.next(values(0))).isTrue();
        assertThat(packets.next(values(0))).isFalse();
    }

    @Test
    void aRowWithMoreOrFewerColumnsIsRefused() throws IOException {
        row(bytes("x"), bytes("y"));

        assertThatThrownBy(() -> new RowPackets(wireInPieces(), asked::add).next(values(1)))
                .hasMessageContaining("more columns");
        assertThatThrownBy(() -> new RowPackets(wireInPieces(), asked::add).next(values(3)))
                .hasMessageContaining("fewer columns");
    }

    @Test
    void aValueThatIsLongerThanItsRowIsRefused() throws IOException {
        packet(new byte[] {5, 'a', 'b'});

        assertThatThrownBy(() -> new RowPackets(wireInPieces(), asked::add).next(values(1)))
                .hasMessageContaining("longer than its row");
    }

    @Test
    void aLengthThatIsCutOffIsRefused() throws IOException {
        packet(new byte[] {1, 'a', (byte) 0xfd, 1});

        assertThatThrownBy(() -> new RowPackets(wireInPieces(), asked::add).next(values(2)))
                .hasMessageContaining("is none");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 9, 150_000})
    void anEndInTheMiddleIsNoEndOfTheRows(int cut) throws IOException {
        row(bytes(200_000));
        byte[] whole = wire.toByteArray();

        assertThatThrownBy(() -> new RowPackets(new ByteArrayInputStream(whole, 0, cut), asked::add).next(values(1)))
                .isInstanceOf(EOFException.class);
    }

    private void row(byte @Nullable []... values) throws IOException {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        for (byte[] value : values) {
            if (value == null) {
                row.write(0xfb);
            } else {
                length(row, value.length);
                row.write(value);
            }
        }
        packet(row.toByteArray());
    }

    private static void length(ByteArrayOutputStream row, int length) {
        if (length < 251) {
            row.write(length);
            return;
        }
        int bytes = length < 1 << 16 ? 2 : length < 1 << 24 ? 3 : 8;
        row.write(bytes == 2 ? 0xfc : bytes == 3 ? 0xfd : 0xfe);
        for (int i = 0; i < bytes; i++) {
            row.write((int) ((long) length >> (8 * i)));
        }
    }

    /** Writes a packet as a server does: one that is as long as possible is followed by another, be it empty. */
    private void packet(byte[] payload) throws IOException {
        int from = 0;
        int length;
        do {
            length = Math.min(LONGEST, payload.length - from);
            wire.write(length);
            wire.write(length >> 8);
            wire.write(length >> 16);
            wire.write(0);
            wire.write(payload, from, length);
            from += length;
        } while (length == LONGEST);
    }

    /** Some bytes at a time, as a network brings them. */
    private InputStream wireInPieces() {
        Random random = new Random(7);
        return new ByteArrayInputStream(wire.toByteArray()) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(100_000)));
            }
        };
    }

    private static RawValue[] values(int count) {
        RawValue[] values = new RawValue[count];
        Arrays.setAll(values, i -> new RawValue());
        return values;
    }

    private static byte @Nullable [] copy(RawValue value) {
        return value.isNull()
                ? null
                : Arrays.copyOfRange(value.bytes(), value.offset(), value.offset() + value.length());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
