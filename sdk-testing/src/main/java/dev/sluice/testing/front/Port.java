// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.front;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The port of a front, which can refuse connections for a while without being lost to another process. */
final class Port implements AutoCloseable {
    private final Selector selector;
    private final InetSocketAddress address;
    private @Nullable ServerSocketChannel listener;
    private @Nullable Socket placeholder;

    private Port(Selector selector, ServerSocketChannel listener) throws IOException {
        this.selector = selector;
        this.listener = listener;
        this.address = (InetSocketAddress) listener.getLocalAddress();
    }

    static Port open(Selector selector) throws IOException {
        ServerSocketChannel listener =
                listen(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), selector);
        return new Port(selector, listener);
    }

    private static ServerSocketChannel listen(InetSocketAddress address, Selector selector) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(address, 128);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            return listener;
        } catch (IOException refused) {
            listener.close();
            throw refused;
        }
    }

    int number() {
        return address.getPort();
    }

    /** The next client that waits, or null. */
    @Nullable
    SocketChannel accept() throws IOException {
        return listener == null ? null : listener.accept();
    }

    /** A socket that is bound and does not listen keeps the port, while the kernel refuses whoever connects. */
    void refuse() throws IOException {
        if (listener != null) {
            listener.close();
            listener = null;
            selector.selectNow(); // only now the kernel's socket is closed
            placeholder = new Socket();
            placeholder.setReuseAddress(true);
            placeholder.bind(address);
        }
    }

    void listen() throws IOException {
        if (listener == null) {
            listener = listen(address, selector);
            closePlaceholder();
        }
    }

    private void closePlaceholder() throws IOException {
        if (placeholder != null) {
            placeholder.close();
            placeholder = null;
        }
    }

    @Override
    public void close() throws IOException {
        closePlaceholder();
        if (listener != null) {
            listener.close();
        }
    }
}
