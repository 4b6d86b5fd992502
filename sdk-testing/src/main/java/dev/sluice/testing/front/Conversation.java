// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection through a front, from the greeting to the end. */
final class Conversation {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final Wire client;
    private final Supplier<InetSocketAddress> target;
    private final Supplier<QueryRules> rules;
    private final Encryption encryption;
    private final Consumer<Conversation> ended;
    private final AtomicReference<@Nullable Wire> server = new AtomicReference<>();
    private final Commands commands = new Commands();
    private volatile boolean closed;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Thread answers;

    Conversation(
            Socket client,
            Supplier<InetSocketAddress> target,
            Supplier<QueryRules> rules,
            Encryption encryption,
            Consumer<Conversation> ended)
            throws IOException {
        this.client = new Wire(client);
        this.target = target;
        this.rules = rules;
        this.encryption = encryption;
        this.ended = ended;
    }

    void start(String name) {
        Thread own = new Thread(this::converse, name + "-client");
        own.setDaemon(true);
        thread = own;
        own.start();
    }

    /** An end of either side, or of the network between, is the end of both; there is nobody else to tell. */
    private void converse() {
        try {
            Wire backend = connect();
            logIn(backend);
            Thread passing = new Thread(
                    () -> passAnswers(backend), Thread.currentThread().getName() + "-answers");
            passing.setDaemon(true);
            passing.start();
            answers = passing;
            passCommands(backend);
        } catch (IOException over) {
            LOG.debug("A conversation with {} is over", target.get(), over);
        } finally {
            close();
            ended.accept(this);
        }
    }

    private Wire connect() throws IOException {
        InetSocketAddress address = target.get();
        Wire backend = new Wire(new Socket(address.getHostString(), address.getPort()));
        server.set(backend);
        if (closed) {
            backend.close();
            throw new IOException("closed meanwhile");
        }
        return backend;
    }

    private void logIn(Wire backend) throws IOException {
        Packet greeting = backend.read();
        client.write(Handshake.restricted(greeting));
        Packet answer = Handshake.restrictedAnswer(client.read());
        if (Handshake.asksForTls(answer)) {
            backend.write(answer);
            backend.encryptAsClient(encryption);
            client.encryptAsServer(encryption);
            answer = Handshake.restrictedAnswer(client.read());
        }
        commands.user(Handshake.user(answer));
        backend.write(answer);
        backend.buffer();
        client.buffer();
    }

    private void passAnswers(Wire backend) {
        try {
            backend.passAllTo(client);
        } catch (IOException over) {
            LOG.debug("Answers of {} are over", target.get(), over);
        } finally {
            close();
        }
    }

    private void passCommands(Wire backend) throws IOException {
        while (true) {
            Commands.Verdict verdict = commands.judge(client.read(), rules.get());
            if (verdict instanceof Commands.Verdict.Pass pass) {
                backend.write(pass.packet());
            } else if (verdict instanceof Commands.Verdict.Refuse refuse) {
                client.write(refuse.error());
            }
        }
    }

    /** Ends it at once, whatever is under way. */
    void close() {
        closed = true;
        client.close();
        Wire backend = server.get();
        if (backend != null) {
            backend.close();
        }
    }

    void end(Duration patience) throws InterruptedException {
        close();
        join(thread, patience);
        join(answers, patience);
    }

    private static void join(@Nullable Thread own, Duration patience) throws InterruptedException {
        if (own != null) {
            own.join(patience.toMillis());
        }
    }
}
