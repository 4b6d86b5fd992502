// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.migrate;

import dev.sluice.testing.load.Shop;
import dev.sluice.testing.load.Writers;
import dev.sluice.testing.rds.DressedServer;
import dev.sluice.testing.rds.Heartbeat;
import dev.sluice.testing.rds.RdsDressing;
import dev.sluice.testing.rds.RdsFlavour;
import dev.sluice.testservers.MySqlRelease;
import dev.sluice.testservers.MySqlServer;
import dev.sluice.testservers.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Two servers to try a migration on. */
@Command(
        name = "servers",
        mixinStandardHelpOptions = true,
        description = {
            "Starts two real MySQL servers on this machine that look like RDS for MySQL and Aurora MySQL, the first with a small shop, for"
                    + " the other commands. They end, with all that is in them, at Ctrl-C.",
            "They are not AWS: what they cannot show is in the documentation of RdsDressing."
        })
final class ServersCommand implements Callable<Integer> {
    private static final Duration BEAT = Duration.ofSeconds(1);

    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Option(names = "--rows", defaultValue = "200000", description = "rows in the shop (default: ${DEFAULT-VALUE})")
    private long rows = 200_000;

    @Option(names = "--writing", description = "let applications write to the shop all the time")
    private boolean writing;

    @Override
    public Integer call() throws Exception {
        try (MySqlServer below = MySqlServer.start(MySqlRelease.MYSQL_8_0_31, ServersCommand::options);
                MySqlServer above = MySqlServer.start(MySqlRelease.MYSQL_8_0_31, ServersCommand::options);
                DressedServer source = dressed(RdsFlavour.MYSQL_8_0, below);
                DressedServer replica = dressed(RdsFlavour.AURORA_3, above);
                Heartbeat rds = source.beating(BEAT);
                Heartbeat aurora = replica.beating(BEAT)) {
            fill(below);
            try (Writers writers = writing ? Shop.sells(below) : null) {
                serve(source, replica, writers);
            }
            assert rds != null && aurora != null;
        }
        return ExitCode.DONE;
    }

    private void serve(DressedServer source, DressedServer replica, @Nullable Writers writers)
            throws IOException, InterruptedException {
        LookAlike files = folder.lookAlike();
        files.write(address(source), source.adminPassword(), address(replica), replica.adminPassword());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(files), "remove"));
        System.out.println("Looks like RDS:    " + source.host() + ":" + source.port() + " with " + rows
                + " rows in shop.item" + (writers == null ? "" : ", written to all the time"));
        System.out.println("Looks like Aurora: " + replica.host() + ":" + replica.port());
        System.out.println(
                "Ready. In another terminal: migrate plan, migrate check, migrate run. Here Ctrl-C ends the servers.");
        new CountDownLatch(1).await();
    }

    private static void remove(LookAlike files) {
        try {
            files.remove();
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private static ServerOptions options(ServerOptions defaults) {
        return defaults.gtid().setting("local_infile", "ON").setting("log_bin_trust_function_creators", "ON");
    }

    private static DressedServer dressed(RdsFlavour flavour, MySqlServer server) {
        return RdsDressing.as(flavour).behindFront().dress(server);
    }

    private static Address address(DressedServer server) {
        return new Address(server.host(), server.port());
    }

    /** Doubles what is there until there is enough. */
    private void fill(MySqlServer server) {
        Shop.open(server);
        String doubled = "INSERT INTO shop.item (name, stock) SELECT name, stock FROM shop.item LIMIT ";
        for (long there = count(server); there < rows; there = count(server)) {
            server.execute(doubled + Math.min(there, rows - there));
        }
    }

    private static long count(MySqlServer server) {
        return Long.parseLong(String.valueOf(
                server.query("SELECT COUNT(*) FROM shop.item").get(0).get(0)));
    }
}
