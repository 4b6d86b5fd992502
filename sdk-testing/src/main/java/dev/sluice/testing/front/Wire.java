// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** One side of a conversation. Read by one thread, written by two. */
final class Wire {
    private static final int BUFFER = 64 * 1024;
    private static final int HEADER = 4;

    private final Socket socket;
    private InputStream in;
    private OutputStream out;

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    void encryptAsServer(Encryption encryption) throws IOException {
        use(encryption.asServer(socket));
    }

    void encryptAsClient(Encryption encryption) throws IOException {
        use(encryption.asClient(socket));
    }

    private void use(Socket encrypted) throws IOException {
        in = encrypted.getInputStream();
        out = encrypted.getOutputStream();
    }

    /** From now on more may be read than is asked for: nobody else reads from the socket any more. */
    void buffer() {
        in = new BufferedInputStream(in, BUFFER);
    }

    Packet read() throws IOException {
        byte[] header = whole(HEADER);
        int length = (header[0] & 0xFF) | ((header[1] & 0xFF) << 8) | ((header[2] & 0xFF) << 16);
        return new Packet(header[3] & 0xFF, whole(length));
    }

    private byte[] whole(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The connection ended");
        }
        return bytes;
    }

    /** In one piece, header and payload, so that it travels as one record. */
    void write(Packet packet) throws IOException {
        int length = packet.payload().length;
        byte[] bytes = new byte[HEADER + length];
        bytes[0] = (byte) length;
        bytes[1] = (byte) (length >> 8);
        bytes[2] = (byte) (length >> 16);
        bytes[3] = (byte) packet.sequence();
        System.arraycopy(packet.payload(), 0, bytes, HEADER, length);
        write(bytes, bytes.length);
    }

    private synchronized void write(byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
        out.flush();
    }

    /** Passes on what comes, as it comes, until it ends. */
    void passAllTo(Wire other) throws IOException {
        byte[] bytes = new byte[BUFFER];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            other.write(bytes, count);
        }
    }

    /** At once and without a farewell. */
    void close() {
        try {
            socket.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException("A socket cannot be closed", impossible);
        }
    }
}
