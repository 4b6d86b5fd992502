// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.api.endpoint.ServerAddress;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server may answer any statement by asking for a file of the client's host. */
@Timeout(60)
class HostileServerIT {
    private static final String SECRET = "the content of a file on this host";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        // What the driver asks while it connects, what the session is set up with, and a statement of the user.
        "WRITER, SELECT",
        "WRITER, SELECT CONNECTION_ID()",
        "WRITER, SET NAMES",
        "WRITER, SELECT 'please'",
        "READER, SELECT",
        "READER, SELECT 'please'",
        "CONTROL, SELECT 'please'",
    })
    void aServerThatAsksForAFileGetsNothing(SessionUse use, String trigger) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), SECRET);
        MySqlServer server = RealServers.common(MySqlRelease.MYSQL_5_7);

        try (Hostile hostile = new Hostile(server, file, trigger)) {
            MySqlConnector connector = MySqlConnector.builder()
                    .address(new ServerAddress("127.0.0.1", hostile.port()))
                    .user(server.rootUser())
                    .password(server::rootPassword)
                    .allowPlainText()
                    .build();
            Throwable ending = catchThrowable(() -> {
                try (MySqlSession session = connector.open(use)) {
                    session.query("SELECT 'please'");
                }
            });

            assertThat(hostile.asked.join())
                    .as("asked for the file, then: %s", ending)
                    .isTrue();
            assertThat(hostile.received()).doesNotContain(SECRET);
        }
    }

    /** Passes everything on to a real server, but answers the trigger by asking for a file. */
    private static final class Hostile implements AutoCloseable {
        private static final int MAX_PACKET = 1 << 24;

        private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
        private final CompletableFuture<Boolean> asked = new CompletableFuture<>();
        private final MySqlServer server;
        private final Path file;
        private final String trigger;

        Hostile(MySqlServer server, Path file, String trigger) throws IOException {
            this.server = server;
            this.file = file;
            this.trigger = trigger;
            daemon(this::serve);
        }

        int port() {
            return listener.getLocalPort();
        }

        String received() {
            synchronized (fromClient) {
                return fromClient.toString(StandardCharsets.ISO_8859_1);
            }
        }

        private void serve() throws IOException {
            while (true) {
                Socket client = listener.accept();
                Socket upstream = new Socket(server.host(), server.port());
                daemon(() -> upstream.getInputStream().transferTo(client.getOutputStream()));
                daemon(() -> {
                    try (client;
                            upstream) {
                        pass(client, upstream);
                    }
                });
            }
        }

        private void pass(Socket client, Socket upstream) throws IOException {
            DataInputStream in = new DataInputStream(client.getInputStream());
            while (true) {
                byte[] packet = readPacket(in);
                if (!asked.isDone() && statement(packet).contains(trigger)) {
                    client.getOutputStream().write(request());
                    client.getOutputStream().flush();
                    asked.complete(true);
                } else {
                    upstream.getOutputStream().write(packet);
                }
            }
        }

        /** A comment may stand before the driver's own statements. */
        private static String statement(byte[] packet) {
            boolean query = packet.length > 5 && packet[4] == 3;
            return query ? new String(packet, 5, packet.length - 5, StandardCharsets.UTF_8) : "";
        }

        private byte[] readPacket(DataInputStream in) throws IOException {
            byte[] header = in.readNBytes(4);
            if (header.length < 4) {
                throw new IOException("the client went away");
            }
            int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
            byte[] body = in.readNBytes(Math.min(length, MAX_PACKET));
            synchronized (fromClient) {
                fromClient.write(body);
            }
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.write(header);
            whole.write(body);
            return whole.toByteArray();
        }

        private byte[] request() throws IOException {
            byte[] name = file.toString().getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            packet.write(new byte[] {(byte) (name.length + 1), 0, 0, 1, (byte) 0xfb});
            packet.write(name);
            return packet.toByteArray();
        }

        private static void daemon(Traffic traffic) {
            Thread thread = new Thread(() -> {
                try {
                    traffic.run();
                } catch (IOException ended) {
                    // One side closed its connection; the other follows.
                    return;
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }

        private interface Traffic {
            void run() throws IOException;
        }
    }
}
