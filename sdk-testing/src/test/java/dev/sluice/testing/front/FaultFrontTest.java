// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import static dev.sluice.testing.front.Talker.Heard.CLOSE;
import static dev.sluice.testing.front.Talker.Heard.RESET;
import static dev.sluice.testing.front.Talker.Heard.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultFrontTest {
    private static final int A_WHILE = 200; // milliseconds in which something that passes would surely be heard

    private ServerSocket listener;
    private FaultFront front;
    private Talker client;
    private Talker server;

    @BeforeEach
    void connectThroughTheFront() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(10_000);
        front = FaultFront.to("127.0.0.1", listener.getLocalPort());
        client = Talker.connect(front.port());
        server = new Talker(listener.accept());
    }

    @AfterEach
    void closeAll() throws IOException {
        client.close();
        server.close();
        front.close();
        listener.close();
    }

    @Test
    void whatIsSaidPassesBothWays() throws IOException {
        client.say("ping");
        assertThat(server.hear(4)).isEqualTo("ping");

        server.say("pong");
        assertThat(client.hear(4)).isEqualTo("pong");
    }

    @Test
    void largeAmountsArriveWholeAndInOrder() throws IOException {
        byte[] sent = new byte[8_000_000];
        new Random(7).nextBytes(sent);
        try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), front.port());
                Socket receiver = listener.accept()) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> write(sender, sent));
            byte[] received = receiver.getInputStream().readAllBytes();
            sending.join();

            assertThat(Arrays.equals(received, sent)).isTrue();
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            socket.shutdownOutput();
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    @Test
    void aCloseOnOneSideIsPassedOnAfterTheDataBeforeIt() throws IOException {
        client.say("bye").close();

        assertThat(server.hear(3)).isEqualTo("bye");
        assertThat(server.hearWithin(5_000)).isEqualTo(CLOSE);
    }

    @Test
    void cutResetsBothSidesAndServesNewConnections() throws IOException {
        front.cut();

        assertThat(client.hearWithin(5_000)).isEqualTo(RESET);
        assertThat(server.hearWithin(5_000)).isEqualTo(RESET);
        assertNewConnectionsPass();
    }

    @Test
    void hangUpClosesBothSidesInOrder() throws IOException {
        front.hangUp();

        assertThat(client.hearWithin(5_000)).isEqualTo(CLOSE);
        assertThat(server.hearWithin(5_000)).isEqualTo(CLOSE);
        assertNewConnectionsPass();
    }

    @Test
    void stallLetsNothingPassUntilItIsHealed() throws IOException {
        front.stall();
        client.say("late");
        server.say("too");

        assertThat(server.hearWithin(A_WHILE)).isEqualTo(SILENCE);
        assertThat(client.hearWithin(A_WHILE)).isEqualTo(SILENCE);

        front.heal();
        assertThat(server.hear(4)).isEqualTo("late");
        assertThat(client.hear(3)).isEqualTo("too");
    }

    @Test
    void stallOneWayLetsTheOtherPass() throws IOException {
        front.stall(Way.TO_CLIENT);
        client.say("ping");
        server.say("pong");

        assertThat(server.hear(4)).isEqualTo("ping");
        assertThat(client.hearWithin(A_WHILE)).isEqualTo(SILENCE);
    }

    @Test
    void theDeathOfAClientIsNoNewsForTheServerWhileStalled() throws IOException {
        front.stall();
        client.close();
        assertThat(server.hearWithin(A_WHILE)).isEqualTo(SILENCE);

        front.heal();
        assertThat(server.hearWithin(5_000)).isIn(CLOSE, RESET);
    }

    @Test
    void theResetOfAClientIsNoNewsForTheServerWhileItsWayIsStalled() throws IOException {
        front.stall(Way.TO_SERVER);
        server.say("x".repeat(100));
        assertThat(client.hear(1)).isEqualTo("x");
        client.close(); // with unread data: the kernel sends a reset
        server.say("more");

        assertThat(server.hearWithin(A_WHILE)).isEqualTo(SILENCE);
        front.heal();
        assertThat(server.hearWithin(5_000)).isEqualTo(RESET);
    }

    @Test
    void connectionsMadeDuringAStallAreAcceptedAndReachTheServerWhenHealed() throws IOException {
        front.stall();
        try (Talker late = Talker.connect(front.port())) {
            late.say("hello");
            assertThat(late.hearWithin(A_WHILE)).isEqualTo(SILENCE);

            front.heal();
            try (Talker other = new Talker(listener.accept())) {
                assertThat(other.hear(5)).isEqualTo("hello");
            }
        }
    }

    @Test
    void strandedConnectionsStayOpenForeverWhileNewOnesPass() throws IOException {
        front.strand();
        client.say("lost");
        client.close();
        front.heal();

        assertThat(server.hearWithin(A_WHILE)).isEqualTo(SILENCE);
        assertThat(front.open()).isEqualTo(1);
        assertNewConnectionsPass();
    }

    @Test
    void halfOpenLeavesTheServerWithAConnectionThatNobodyHolds() throws IOException {
        front.halfOpen(Side.SERVER);

        assertThat(client.hearWithin(5_000)).isEqualTo(RESET);
        server.say("anybody there?");
        assertThat(server.hearWithin(A_WHILE)).isEqualTo(SILENCE);
        assertNewConnectionsPass();
    }

    @Test
    void refuseTurnsNewConnectionsAwayAndKeepsOpenOnes() throws IOException {
        front.refuse();

        assertThatThrownBy(() -> Talker.connect(front.port())).isInstanceOf(ConnectException.class);
        client.say("still here");
        assertThat(server.hear(10)).isEqualTo("still here");

        front.heal();
        assertNewConnectionsPass();
    }

    @Test
    void aLatencyDelaysEveryAnswerByTwiceAsMuch() throws IOException {
        front.delayBy(Duration.ofMillis(100));
        long start = System.nanoTime();
        client.say("ping");
        server.hear(4);
        server.say("pong");
        client.hear(4);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aLatencyDoesNotSlowAStream() throws IOException {
        front.delayBy(Duration.ofMillis(100));
        byte[] sent = new byte[1_000_000];
        try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), front.port());
                Socket receiver = listener.accept()) {
            long start = System.nanoTime();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> write(sender, sent));
            assertThat(receiver.getInputStream().readAllBytes()).hasSize(sent.length);
            sending.join();

            // In steps of 16 KiB, each waiting for the one before it, it would take six seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void aLimitHoldsForAllConnectionsTogether() throws IOException {
        front.limitTo(100_000);
        try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), front.port());
                Socket receiver = listener.accept()) {
            long start = System.nanoTime();
            CompletableFuture<Void> one = CompletableFuture.runAsync(() -> write(sender, new byte[30_000]));
            client.say("x".repeat(30_000));
            assertThat(server.hear(30_000)).hasSize(30_000);
            assertThat(readAll(receiver)).isEqualTo(30_000);
            one.join();

            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
        }
    }

    private static int readAll(Socket socket) throws IOException {
        try (InputStream in = socket.getInputStream()) {
            return in.readAllBytes().length;
        }
    }

    @Test
    void redirectSendsNewConnectionsElsewhere() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            other.setSoTimeout(10_000);
            front.redirect("127.0.0.1", other.getLocalPort());
            try (Talker moved = Talker.connect(front.port());
                    Talker there = new Talker(other.accept())) {
                moved.say("hi");
                assertThat(there.hear(2)).isEqualTo("hi");
            }
            client.say("old");
            assertThat(server.hear(3)).isEqualTo("old");
        }
    }

    @Test
    void aServerThatIsDownResetsTheClient() throws IOException {
        listener.close();
        try (Talker late = Talker.connect(front.port())) {
            assertThat(late.hearWithin(5_000)).isEqualTo(RESET);
        }
    }

    @Test
    void closeEndsItsThreadAndAllConnections() throws IOException {
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(one -> one.getName().equals("fault-front-" + front.port()))
                .findFirst()
                .orElseThrow();
        assertThat(thread.isDaemon()).isTrue();
        front.strand();
        front.close();

        assertThat(thread.isAlive()).isFalse();
        assertThat(client.hearWithin(5_000)).isIn(CLOSE, RESET);
        assertThat(server.hearWithin(5_000)).isIn(CLOSE, RESET);
        assertThatThrownBy(() -> Talker.connect(front.port())).isInstanceOf(ConnectException.class);
        assertThatThrownBy(front::cut).isInstanceOf(IllegalStateException.class);
    }

    private void assertNewConnectionsPass() throws IOException {
        try (Talker next = Talker.connect(front.port());
                Talker peer = new Talker(listener.accept())) {
            next.say("new");
            assertThat(peer.hear(3)).isEqualTo("new");
        }
        assertThat(front.accepted()).isEqualTo(2);
    }
}
