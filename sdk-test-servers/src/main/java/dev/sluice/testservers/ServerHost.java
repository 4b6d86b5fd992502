// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

/** What runs a server: this machine, or a container engine. Not thread-safe: {@link MySqlServer} sees to that. */
interface ServerHost extends AutoCloseable {

    int port();

    String rootPassword();

    /** Starts the server with these options and returns when it takes connections. */
    void start(ServerOptions options);

    boolean isRunning();

    /** Shuts down in the orderly way. */
    void stop();

    void kill();

    void pause();

    void resume();

    /** Kills the server and puts fresh data in the place of its data; leaves it stopped. */
    void renew();

    String errorLog();

    /** The general log from a byte position on, as far as it is complete lines. */
    byte[] generalLog(long from);

    @Override
    void close();
}
