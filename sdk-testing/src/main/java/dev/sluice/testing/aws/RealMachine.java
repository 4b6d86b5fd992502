// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import dev.sluice.testservers.DataImage;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import dev.sluice.testservers.TestServerException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A machine that is a real server. */
final class RealMachine implements Machine {
    private final MySqlServer server;

    /** What it had before the control plane decided anything. */
    private final ServerOptions base;

    private final boolean ours;
    private final @Nullable BinlogPosition recovered;
    private final String replicationPassword = UUID.randomUUID().toString().replace("-", "");

    private RealMachine(MySqlServer server, ServerOptions base, boolean ours, @Nullable BinlogPosition recovered) {
        this.server = server;
        this.base = base;
        this.ours = ours;
        this.recovered = recovered;
    }

    /** Takes charge of a server that somebody else has started and will close. */
    static RealMachine adopted(MySqlServer server) {
        return new RealMachine(server, server.options(), false, null);
    }

    /** A server that is closed with its instance, or with the API. */
    static RealMachine own(MySqlServer server) {
        return new RealMachine(server, server.options(), true, null);
    }

    @Override
    public String host() {
        return server.host();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public String version() {
        return server.release().version();
    }

    /** Settings with which the server does not start are taken back, as far as the server is concerned. */
    @Override
    public void restart(MachineSettings settings) {
        ServerOptions before = server.options();
        try {
            server.restart(options -> options(base, settings));
        } catch (TestServerException refused) {
            server.start(options -> before);
            throw refused;
        }
    }

    private static ServerOptions options(ServerOptions base, MachineSettings settings) {
        ServerOptions all = settings.binaryLog() ? base.withBinaryLog() : base.withoutBinaryLog();
        if (settings.replica()) {
            all = all.setting("read_only", "ON");
        }
        for (var option : settings.options().entrySet()) {
            all = all.unset(option.getKey());
            for (String value : option.getValue()) {
                all = all.oneMore(option.getKey(), value);
            }
        }
        return all;
    }

    @Override
    public void set(String parameter, String value) {
        if (parameter.startsWith("replicate-")) {
            new Replication(server).filter(parameter, MachineSettings.values(parameter, value));
        } else {
            server.execute("SET GLOBAL " + MachineSettings.option(parameter) + " = " + literal(value));
        }
    }

    private static String literal(String value) {
        return value.matches("-?[0-9]+")
                ? value
                : "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    @Override
    public MachineImage image() {
        DataImage image = server.image();
        return new MachineImage() {
            @Override
            public Machine start(MachineSettings settings) {
                return restored(image, base, settings);
            }

            @Override
            public void close() {
                image.close();
            }
        };
    }

    private static RealMachine restored(DataImage image, ServerOptions base, MachineSettings settings) {
        ServerOptions own = base.unset("server_id");
        MySqlServer server = MySqlServer.start(
                image,
                options -> options(own, settings)
                        .setting("loose_skip_slave_start", "ON")
                        .setting("loose_skip_replica_start", "ON"));
        try {
            Replication replication = new Replication(server);
            BinlogPosition recovered = image.lastBinaryLog()
                    .filter(file -> settings.binaryLog())
                    .map(replication::endOf)
                    .orElse(null);
            replication.forget();
            return new RealMachine(server, own, true, recovered);
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    @Override
    public Optional<BinlogPosition> recovered() {
        return Optional.ofNullable(recovered);
    }

    @Override
    public void follow(Machine source) {
        if (!(source instanceof RealMachine real)) {
            throw new IllegalStateException(server + " can follow real servers only");
        }
        new Replication(real.server).admit(real.replicationPassword);
        new Replication(server).follow(real.server, real.replicationPassword, recovered);
    }

    @Override
    public void promote() {
        new Replication(server).end();
    }

    @Override
    public ReplicationState replication() {
        return new Replication(server).state();
    }

    @Override
    public Optional<MySqlServer> server() {
        return Optional.of(server);
    }

    @Override
    public void close() {
        if (ours) {
            server.close();
        } else if (server.isRunning()) {
            server.stop();
        }
    }
}
