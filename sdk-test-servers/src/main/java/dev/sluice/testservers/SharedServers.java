// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Servers that a JVM starts once and lends to one test after the other.
 *
 * <p>There are two ways to share. {@link #borrow} lends a server to one borrower at a time, each time as if it had just been started.
 * {@link #common} hands one server to everybody, never wiped: whoever uses it stays within schemas and accounts of names of its own.
 * Servers end when this object is closed, and with the JVM at the latest. Thread-safe.
 */
public final class SharedServers implements AutoCloseable {
    private static final int MOST_IDLE = 6;

    /** Only a JVM-wide place lets test classes that know nothing of each other share; it holds no state that outlives a borrower. */
    private static final SharedServers OF_THIS_JVM = new SharedServers();

    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Map<Key, MySqlServer> common = new HashMap<>();

    private record Key(MySqlRelease release, ServerOptions options) {}

    private record Idle(Key key, MySqlServer server) {}

    /** Servers for one's own circle of borrowers. */
    public SharedServers() {}

    /** The servers that all tests of this JVM share. */
    public static SharedServers ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** A borrowed server. */
    public final class Loan implements AutoCloseable {
        private final Key key;
        private final MySqlServer server;

        private Loan(Key key, MySqlServer server) {
            this.key = key;
            this.server = server;
        }

        /** The server. Its borrower may do anything with it but close it. */
        public MySqlServer server() {
            return server;
        }

        /** Gives the server back, in whatever state it is. */
        @Override
        public void close() {
            giveBack(new Idle(key, server));
        }
    }

    /** Lends a server with the default options; see {@link #borrow(MySqlRelease, UnaryOperator)}. */
    public Loan borrow(MySqlRelease release) {
        return borrow(release, UnaryOperator.identity());
    }

    /**
     * Lends a server that is as if it had just been started with these options. Takes about a second. Whoever needs two servers of a kind
     * borrows twice.
     *
     * @throws TestServerException if the release cannot be had here, or the server does not start
     */
    public Loan borrow(MySqlRelease release, UnaryOperator<ServerOptions> options) {
        Key key = new Key(release, options.apply(ServerOptions.defaults()));
        MySqlServer server = takeIdle(key);
        if (server == null) {
            return new Loan(key, MySqlServer.start(key.release(), key.options()));
        }
        try {
            server.wipe();
            return new Loan(key, server);
        } catch (TestServerException beyondRepair) {
            server.close();
            throw beyondRepair;
        }
    }

    /** Hands out the one server of this release that everybody shares, started with the default options when first asked for. */
    public MySqlServer common(MySqlRelease release) {
        return common(release, UnaryOperator.identity());
    }

    /**
     * Hands out the one server of this release and these options that everybody shares, started when first asked for. It is never wiped,
     * and nobody may stop it, close it or change its global variables.
     *
     * @throws TestServerException if the release cannot be had here, or the server does not start
     */
    public MySqlServer common(MySqlRelease release, UnaryOperator<ServerOptions> options) {
        Key key = new Key(release, options.apply(ServerOptions.defaults()));
        synchronized (common) {
            return common.computeIfAbsent(key, absent -> MySqlServer.start(absent.release(), absent.options()));
        }
    }

    private @Nullable MySqlServer takeIdle(Key key) {
        synchronized (idle) {
            for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
                Idle next = each.next();
                if (next.key().equals(key)) {
                    each.remove();
                    return next.server();
                }
            }
            return null;
        }
    }

    private void giveBack(Idle returned) {
        List<Idle> tooMany = new ArrayList<>();
        synchronized (idle) {
            if (idle.stream().noneMatch(one -> one.server() == returned.server())) {
                idle.addFirst(returned);
            }
            while (idle.size() > MOST_IDLE) {
                tooMany.add(idle.removeLast());
            }
        }
        tooMany.forEach(one -> one.server().close());
    }

    /** Ends all servers but those that are lent at this moment. */
    @Override
    public void close() {
        List<MySqlServer> ending = new ArrayList<>();
        synchronized (idle) {
            idle.forEach(one -> ending.add(one.server()));
            idle.clear();
        }
        synchronized (common) {
            ending.addAll(common.values());
            common.clear();
        }
        ending.forEach(MySqlServer::close);
    }
}
