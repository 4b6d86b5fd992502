// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Stands on loopback in front of a server and passes bytes on, whatever they are, until a fault is switched on.
 *
 * <p>Each method returns when the fault is in force: nothing passes any more after {@link #stall()} has returned. Faults last until
 * {@link #heal()}, but those that strike the open connections once ({@link #cut}, {@link #hangUp}, {@link #strand}, {@link #halfOpen})
 * cannot be healed. One daemon thread serves all connections; {@link #close} ends it and closes them. Thread-safe.
 *
 * <p>What cannot be played at this level: a lost packet that is sent again. A packet that vanishes here is held back, and arrives after
 * {@link #heal}, as it would when the sender repeats it; with connections that were stranded it never arrives.
 */
public final class FaultFront implements AutoCloseable {
    private final Relay relay;

    private FaultFront(Relay relay) {
        this.relay = relay;
    }

    /**
     * Opens a front before this server, on a free port of 127.0.0.1. The server does not have to be there yet.
     *
     * @throws UncheckedIOException if no port can be opened
     */
    public static FaultFront to(String host, int port) {
        try {
            return new FaultFront(Relay.start(resolved(host, port)));
        } catch (IOException refused) {
            throw new UncheckedIOException("No front can be opened before " + host + ":" + port, refused);
        }
    }

    private static InetSocketAddress resolved(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("No address is known for the host " + host);
        }
        return address;
    }

    /** Always {@code 127.0.0.1}. */
    public String host() {
        return "127.0.0.1";
    }

    /** The port to connect to instead of the server's own. It stays the same until the front is closed. */
    public int port() {
        return relay.port();
    }

    /** Resets all open connections on both sides, as a crash of both hosts or an impatient firewall does. New ones are served. */
    public void cut() {
        relay.onLinks(Link::reset);
    }

    /** Closes all open connections on both sides in the orderly way. New ones are served. */
    public void hangUp() {
        relay.onLinks(Link::close);
    }

    /** Lets nothing pass either way without a word: open connections stay open, new ones are accepted and hear nothing. */
    public void stall() {
        stall(Way.TO_SERVER);
        stall(Way.TO_CLIENT);
    }

    /** Lets nothing pass this way without a word, not even the news that an end was closed. New connections hear nothing. */
    public void stall(Way way) {
        relay.run(conditions -> conditions.stalled().add(way));
    }

    /**
     * Drops the hosts of the present clients off the network: their connections stay open on both sides, nothing passes them any more,
     * neither data nor a close, and never will. New connections are served.
     */
    public void strand() {
        relay.onLinks(Link::strand);
    }

    /** Resets one end of all open connections; this side keeps them open and never hears of it. New connections are served. */
    public void halfOpen(Side staysOpen) {
        relay.onLinks(link -> link.halfOpen(staysOpen));
    }

    /** Refuses new connections, as a host does whose server is down. Open ones go on. */
    public void refuse() {
        relay.refuse();
    }

    /**
     * Limits what passes each way, over all connections together.
     *
     * @param bytesPerSecond at least 1
     */
    public void limitTo(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("A line lets at least 1 byte a second pass, not " + bytesPerSecond);
        }
        relay.run(conditions -> conditions.limitTo(bytesPerSecond));
    }

    /** Delays everything by this much on each way; an answer is late by twice as much. */
    public void delayBy(Duration latency) {
        if (latency.isNegative()) {
            throw new IllegalArgumentException("A latency is not negative: " + latency);
        }
        relay.run(conditions -> conditions.delayBy(latency));
    }

    /** Sends new connections to another server, as a change of address does. Open ones go on where they are. */
    public void redirect(String host, int port) {
        relay.redirect(resolved(host, port));
    }

    /** Ends all faults but those that cannot be healed. What was held back passes now. */
    public void heal() {
        relay.accept();
        relay.run(Conditions::clear);
    }

    /** How many connections clients have made, in total. */
    public long accepted() {
        return relay.accepted();
    }

    /** How many connections are open on one side at least. */
    public int open() {
        return relay.open();
    }

    /** Closes all connections and the port, and ends the thread. */
    @Override
    public void close() {
        relay.close();
    }

    /** Port and server. */
    @Override
    public String toString() {
        return relay.toString();
    }
}
