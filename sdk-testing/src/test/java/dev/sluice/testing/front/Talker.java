// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** One end of a connection in a test: says single bytes and tells what it hears. */
final class Talker implements AutoCloseable {
    private final Socket socket;

    /** What was heard other than bytes. */
    enum Heard {
        SILENCE,
        CLOSE,
        RESET
    }

    Talker(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
    }

    static Talker connect(int port) throws IOException {
        return new Talker(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    Talker say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return this;
    }

    String hear(int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        return new String(bytes, java.nio.charset.StandardCharsets.US_ASCII);
    }

    Heard hearWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            int one = socket.getInputStream().read();
            if (one >= 0) {
                throw new AssertionError("Heard the byte " + one);
            }
            return Heard.CLOSE;
        } catch (SocketTimeoutException silence) {
            return Heard.SILENCE;
        } catch (SocketException reset) {
            return Heard.RESET;
        } finally {
            socket.setSoTimeout(10_000);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
