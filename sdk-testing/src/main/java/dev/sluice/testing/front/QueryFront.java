// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands on loopback in front of a MySQL server and speaks its protocol: clients and replicas connect to it as to the server, and rules
 * say which queries of which accounts it answers differently, see {@link QueryRules}. Everything else passes as it is, a replica's dump of
 * the binary log as well.
 *
 * <p>A client that asks for TLS gets it from the front, with a {@linkplain #certificate certificate} of the front's own, and the front
 * speaks TLS to the server then; a client without TLS is passed on without. So a server judges its accounts' demands rightly, and may see
 * a password in clear text where the client was right to send it so. Not offered are what the server does not offer, compression and query
 * attributes. Client certificates do not reach the server.
 *
 * <p>Two daemon threads serve each connection; {@link #close} ends all. Thread-safe.
 */
public final class QueryFront implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryFront.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServerSocket listener;
    private final Encryption encryption;
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private volatile InetSocketAddress target;
    private volatile QueryRules rules;

    private QueryFront(ServerSocket listener, Encryption encryption, InetSocketAddress target, QueryRules rules) {
        this.listener = listener;
        this.encryption = encryption;
        this.target = target;
        this.rules = rules;
        this.acceptor = new Thread(this::accept, "query-front-" + listener.getLocalPort());
        this.acceptor.setDaemon(true);
    }

    /**
     * Opens a front before this server, on a free port of 127.0.0.1. The server does not have to be there yet. The first one of a JVM takes
     * about a second, for the certificate that all of them show.
     *
     * @throws UncheckedIOException if no port can be opened
     */
    public static QueryFront to(String host, int port, QueryRules rules) {
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            Encryption encryption = Encryption.ofThisJvm();
            QueryFront front = new QueryFront(
                    new ServerSocket(0, 128, loopback), encryption, new InetSocketAddress(host, port), rules);
            front.acceptor.start();
            return front;
        } catch (IOException refused) {
            throw new UncheckedIOException("No front can be opened before " + host + ":" + port, refused);
        }
    }

    /** Always {@code 127.0.0.1}. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port to connect to instead of the server's own. It stays the same until the front is closed. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The front's own certificate as PEM, for {@code 127.0.0.1} and {@code localhost}: its own authority, to be trusted by clients. */
    public String certificate() {
        return encryption.certificate();
    }

    /** How many connections are open. */
    public int open() {
        return open.size();
    }

    /** Judges queries by other rules from now on, those of open connections too. */
    public void rules(QueryRules newRules) {
        rules = newRules;
    }

    /** Drops all connections and sends the next ones to another server, as a failover does. */
    public void moveTo(String host, int port) {
        target = new InetSocketAddress(host, port);
        drop();
    }

    /** Drops all connections. The next ones are served. */
    public void drop() {
        open.forEach(Conversation::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException gone) { // the port was closed, or the client at once
                LOG.debug("{} serves nobody: {}", this, gone.getMessage());
            }
        }
    }

    /** It is known before it asks for the server, so that a move finds it whatever server it has found. */
    private void serve(Socket client) throws IOException {
        Conversation conversation = new Conversation(client, () -> target, () -> rules, encryption, open::remove);
        open.add(conversation);
        conversation.start(acceptor.getName());
        if (listener.isClosed()) {
            conversation.close();
        }
    }

    /** Closes the port and all connections, and ends the threads. */
    @Override
    public void close() {
        try {
            listener.close();
            Set<Conversation> all = new HashSet<>(open);
            drop();
            acceptor.join(PATIENCE.toMillis());
            all.addAll(open);
            for (Conversation last : all) {
                last.end(PATIENCE);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException("The front cannot be closed", refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Port and server. */
    @Override
    public String toString() {
        return "front at 127.0.0.1:" + port() + " to " + target;
    }
}
