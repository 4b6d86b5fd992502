// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The thread that passes everything on. All state is its own; others hand it commands and wait until they are done. */
final class Relay implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Selector selector;
    private final Port port;
    private final Thread thread;
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private final Conditions conditions = new Conditions();
    private final List<Link> links = new ArrayList<>();
    private final AtomicLong accepted = new AtomicLong();
    private volatile InetSocketAddress target;
    private volatile boolean closing;

    /** Something to do on the relay's thread, and who waits for it. */
    private record Command(Task task, CompletableFuture<Void> done) {}

    private interface Task {
        void run() throws IOException;
    }

    private Relay(Selector selector, Port port, InetSocketAddress target) {
        this.selector = selector;
        this.port = port;
        this.target = target;
        this.thread = new Thread(this::work, "fault-front-" + port.number());
        this.thread.setDaemon(true);
    }

    static Relay start(InetSocketAddress target) throws IOException {
        Selector selector = Selector.open();
        try {
            Relay relay = new Relay(selector, Port.open(selector), target);
            relay.thread.start();
            return relay;
        } catch (IOException refused) {
            selector.close();
            throw refused;
        }
    }

    int port() {
        return port.number();
    }

    long accepted() {
        return accepted.get();
    }

    int open() {
        int[] count = new int[1];
        call(() -> count[0] = links.size());
        return count[0];
    }

    void onLinks(Consumer<Link> action) {
        call(() -> {
            acceptAll(); // those that the kernel has accepted are open for their clients
            links.forEach(action);
        });
    }

    void run(Consumer<Conditions> change) {
        call(() -> change.accept(conditions));
    }

    void redirect(InetSocketAddress newTarget) {
        call(() -> target = newTarget);
    }

    void refuse() {
        call(() -> {
            acceptAll();
            port.refuse();
        });
    }

    void accept() {
        call(port::listen);
    }

    private void call(Task task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        commands.add(new Command(task, done));
        selector.wakeup();
        if (closing) {
            throw new IllegalStateException("The front is closed");
        }
        try {
            done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("The front could not do it", failed.getCause());
        } catch (TimeoutException late) {
            throw new IllegalStateException("The front did not answer within " + PATIENCE, late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the front was told", interrupted);
        }
    }

    private void work() {
        try {
            while (!closing) {
                obey();
                acceptAll();
                turnAll();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("The front's selector broke", broken);
        } finally {
            closing = true;
            closeEverything();
        }
    }

    private void obey() {
        for (Command next = commands.poll(); next != null; next = commands.poll()) {
            Command command = next;
            try {
                command.task().run();
                selector.selectNow(); // closed sockets leave the kernel with this, not before
                command.done().complete(null);
            } catch (IOException | RuntimeException failure) {
                command.done().completeExceptionally(failure);
            }
        }
    }

    private void acceptAll() throws IOException {
        for (SocketChannel client = port.accept(); client != null; client = port.accept()) {
            links.add(Link.accepted(client, target, selector));
            accepted.incrementAndGet();
        }
    }

    private void turnAll() throws IOException {
        long now = System.nanoTime();
        links.forEach(link -> link.turn(conditions, now));
        links.removeIf(Link::isClosed);
        long next = Long.MAX_VALUE;
        for (Link link : links) {
            next = Math.min(next, link.await(conditions, now));
        }
        selector.selectedKeys().clear();
        if (commands.isEmpty()) {
            selector.select(next == Long.MAX_VALUE ? 0 : 1 + TimeUnit.NANOSECONDS.toMillis(next - now));
        }
    }

    private void closeEverything() {
        try (selector;
                port) {
            links.forEach(Link::close);
        } catch (IOException broken) {
            throw new UncheckedIOException("The front cannot be closed", broken);
        } finally {
            commands.forEach(command -> command.done().completeExceptionally(new IllegalStateException("closed")));
        }
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "front at 127.0.0.1:" + port.number() + " to " + target;
    }
}
