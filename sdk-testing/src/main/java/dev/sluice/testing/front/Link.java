// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client's connection and the server's that belongs to it. Used by the relay's thread only. */
final class Link {
    private final Selector selector;
    private final InetSocketAddress target;
    private final Map<Side, SelectionKey> keys = new EnumMap<>(Side.class);
    private final Lane toServer = new Lane(Way.TO_SERVER);
    private final Lane toClient = new Lane(Way.TO_CLIENT);
    private State state = State.ACCEPTED;
    private @Nullable Side lost;

    private enum State {
        ACCEPTED,
        CONNECTING,
        OPEN,
        STRANDED,
        CLOSED
    }

    private Link(Selector selector, InetSocketAddress target) {
        this.selector = selector;
        this.target = target;
    }

    static Link accepted(SocketChannel client, InetSocketAddress target, Selector selector) throws IOException {
        Link link = new Link(selector, target);
        link.adopt(Side.CLIENT, client);
        return link;
    }

    private void adopt(Side side, SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        keys.put(side, channel.register(selector, 0));
    }

    /** Does everything that can be done now. */
    void turn(Conditions conditions, long now) {
        if (state == State.ACCEPTED && conditions.flowsBothWays()) {
            connect();
        }
        if (state == State.CONNECTING && key(Side.SERVER).isConnectable()) {
            finishConnect();
        }
        if (state == State.OPEN) {
            for (Side side : Side.values()) {
                pass(side, conditions, now);
            }
            settle(conditions);
        }
    }

    private void connect() {
        try {
            adopt(Side.SERVER, SocketChannel.open());
            state = State.CONNECTING;
            if (channel(Side.SERVER).connect(target)) {
                state = State.OPEN;
            }
        } catch (IOException unreachable) {
            reset();
        }
    }

    private void finishConnect() {
        try {
            if (channel(Side.SERVER).finishConnect()) {
                state = State.OPEN;
            }
        } catch (IOException unreachable) {
            reset();
        }
    }

    private void pass(Side from, Conditions conditions, long now) {
        Lane lane = laneFrom(from);
        Side failing = from;
        try {
            if (lost != from && lane.wantsToRead(conditions) && key(from).isReadable()) {
                lane.fill(channel(from), conditions, now);
            }
            failing = from.other();
            if (lost != from.other() && conditions.flows(from.outward())) {
                lane.drain(channel(from.other()), conditions, now);
            }
        } catch (IOException broken) {
            lost = failing;
        }
    }

    /** A side's end is news for the other, and travels as data do: not while that way is stalled. */
    private void settle(Conditions conditions) {
        if (lost != null && conditions.flows(lost.outward())) {
            reset();
        } else if (toServer.finished() && toClient.finished()) {
            close();
        }
    }

    /** Tells the selector what to wake up for, and returns when a look is due though nothing happens. */
    long await(Conditions conditions, long now) {
        long next = Long.MAX_VALUE;
        for (Side side : keys.keySet()) {
            if (key(side).isValid()) {
                key(side).interestOps(interest(side, conditions, now));
            }
            if (state == State.OPEN) {
                next = Math.min(next, laneFrom(side).nextTurn(conditions, now));
            }
        }
        return next;
    }

    private int interest(Side side, Conditions conditions, long now) {
        if (state == State.CONNECTING) {
            return side == Side.SERVER ? SelectionKey.OP_CONNECT : 0;
        }
        if (state != State.OPEN || lost == side) {
            return 0;
        }
        return (laneFrom(side).wantsToRead(conditions) ? SelectionKey.OP_READ : 0)
                | (laneFrom(side.other()).wantsToWrite(conditions, now) ? SelectionKey.OP_WRITE : 0);
    }

    private SelectionKey key(Side side) {
        return requireNonNull(keys.get(side), "not connected on this side");
    }

    private Lane laneFrom(Side side) {
        return side == Side.CLIENT ? toServer : toClient;
    }

    private SocketChannel channel(Side side) {
        return (SocketChannel) key(side).channel();
    }

    void strand() {
        state = State.STRANDED;
    }

    void halfOpen(Side staysOpen) {
        resetEnd(staysOpen.other());
        strand();
    }

    void reset() {
        keys.keySet().forEach(this::resetEnd);
        state = State.CLOSED;
    }

    void close() {
        keys.keySet().forEach(this::closeEnd);
        state = State.CLOSED;
    }

    /** A linger time of 0 makes the kernel send RST instead of FIN. */
    private void resetEnd(Side side) {
        if (!keys.containsKey(side)) {
            return; // the server was not reached yet
        }
        try {
            channel(side).setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closedAlready) {
            return;
        }
        closeEnd(side);
    }

    private void closeEnd(Side side) {
        try {
            channel(side).close();
        } catch (IOException impossible) {
            throw new UncheckedIOException("A socket cannot be closed", impossible);
        }
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }
}
