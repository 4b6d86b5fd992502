// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

/** What runs a server: this machine, or a container engine. Not thread-safe: {@link MySqlServer} sees to that. */
sealed interface ServerHost extends AutoCloseable permits LocalHost, ContainerHost {

    int port();

    String rootPassword();

    /** Starts the server with these options and returns when it takes connections. */
    void start(ServerOptions options);

    boolean isRunning();

    /** Shuts down in the orderly way. */
    void stop();

    /** Kills the server if it runs. */
    void kill();

    void pause();

    void resume();

    /** Kills the server and puts fresh data in the place of its data; leaves it stopped. */
    void renew();

    /** Copies the data as a crash at this instant would leave it. */
    DataImage image();

    String errorLog();

    /** How many bytes the general log has. */
    long generalLogSize();

    /** The general log from a byte position on. */
    byte[] generalLog(long from);

    @Override
    void close();
}
