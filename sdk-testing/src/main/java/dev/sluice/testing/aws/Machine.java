// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.testservers.MySqlServer;
import java.util.Optional;

/** A database server as the control plane handles it. Calls may take seconds. Thread-safe. */
public interface Machine extends AutoCloseable {
    /** A machine that is this server, and closes it when its instance is deleted, or with the API. */
    static Machine owning(MySqlServer server) {
        return RealMachine.own(server);
    }

    /** Where it is reached. */
    String host();

    /** Where it is reached. */
    int port();

    /** The server's version, as in {@code 8.0.31}. */
    String version();

    /** Restarts it with these settings and no others from the control plane; returns when it takes connections. */
    void restart(MachineSettings settings);

    /** Changes a dynamic parameter without a restart, by its name in the API. */
    void set(String parameter, String value);

    /** Takes its data as a crash at this instant would leave it. */
    MachineImage image();

    /** Where its binary log stood in the image that it was started from; empty if it was not, or it had none. */
    Optional<BinlogPosition> recovered();

    /** Makes it a read replica of another, from the position of the image of that other from which it was started. */
    void follow(Machine source);

    /** Ends being a read replica. */
    void promote();

    /** What its replication does, if it is a read replica. */
    ReplicationState replication();

    /** The real server; empty if there is none. */
    Optional<MySqlServer> server();

    /** Ends it; its data is gone. */
    @Override
    void close();
}
