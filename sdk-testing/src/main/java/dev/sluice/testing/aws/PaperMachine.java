// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.testservers.MySqlServer;
import java.util.Optional;

/** A machine that is nothing but what is told of it. */
final class PaperMachine implements Machine {
    private static final int PORT = 3306;

    /** The coordinates of AWS's own example. */
    private static final BinlogPosition POSITION = new BinlogPosition("mysql-bin-changelog.000003", 4278);

    private final String id;
    private final boolean copy;
    private MachineSettings settings;
    private boolean follows;

    PaperMachine(String id, MachineSettings settings) {
        this(id, settings, false);
    }

    private PaperMachine(String id, MachineSettings settings, boolean copy) {
        this.id = id;
        this.settings = settings;
        this.copy = copy;
    }

    @Override
    public String host() {
        return id + ".paper.rds.amazonaws.com";
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public String version() {
        return "8.0.36";
    }

    @Override
    public synchronized void restart(MachineSettings changed) {
        settings = changed;
    }

    @Override
    public void set(String parameter, String value) {}

    @Override
    public MachineImage image() {
        return new MachineImage() {
            @Override
            public Machine start(MachineSettings wanted) {
                return new PaperMachine(id + "-copy", wanted, true);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized Optional<BinlogPosition> recovered() {
        return copy && settings.binaryLog() ? Optional.of(POSITION) : Optional.empty();
    }

    @Override
    public synchronized void follow(Machine source) {
        follows = true;
    }

    @Override
    public synchronized void promote() {
        follows = false;
    }

    @Override
    public synchronized ReplicationState replication() {
        return follows ? ReplicationState.REPLICATING : ReplicationState.TERMINATED;
    }

    @Override
    public Optional<MySqlServer> server() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
