// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers, from below the ranges that systems take outgoing connections' ports from, so that a stopped server finds its port
 * free again.
 */
final class FreePort {
    private static final int FIRST = 20_000;
    private static final int LAST = 31_999;
    private static final int TRIES = 200;

    private FreePort() {}

    /** A port that was free a moment ago; the server that loses a race for it tries another. */
    static int any() {
        for (int tried = 0; tried < TRIES; tried++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new TestServerException("No free port found between " + FIRST + " and " + LAST);
    }

    /** Whether a server could listen there at this moment. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
