// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.samples.ShortUsage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo's command line. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Sets up a replication between two real MySQL servers while the source is written to, proves that nothing was lost,"
                    + " and cleans up.",
            "Unless --source and --replica name servers of your own, it starts two on this machine."
        })
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--source-version", defaultValue = "8.0", description = "5.7, 8.0 or 9 (default: ${DEFAULT-VALUE})")
    private String sourceVersion = "8.0";

    @Option(
            names = "--replica-version",
            defaultValue = "8.0",
            description = "5.7, 8.0 or 9 (default: ${DEFAULT-VALUE})")
    private String replicaVersion = "8.0";

    @Option(names = "--rows", defaultValue = "200000", description = "rows to begin with (default: ${DEFAULT-VALUE})")
    private long rows = 200_000;

    @Option(names = "--position", description = "follow binary log file and position instead of GTIDs")
    private boolean position;

    @Option(names = "--gtid", description = "follow GTIDs (the default)")
    private boolean gtid;

    @Option(
            names = "--source",
            paramLabel = "KIND[:VERSION]|URL",
            description =
                    "external, rds or aurora, with a version 5.7, 8.0 (the default), 8.4 or 9: a server of this machine,"
                            + " dressed as that; or your own source, mysql://user@host:port, its password in the"
                            + " environment variable SOURCE_PASSWORD. A database sluice_demo is made on it and dropped at the end")
    private @Nullable String source;

    @Option(
            names = "--replica",
            paramLabel = "KIND[:VERSION]|URL",
            description =
                    "the same for the replica; the password of your own one in the environment variable REPLICA_PASSWORD")
    private @Nullable String replica;

    @Option(
            names = "--replication-host",
            paramLabel = "HOST",
            description = "host part of the replication account on your own source (default: the replica's address)")
    private @Nullable String replicationHost;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "write a report of each run into this folder: JSON, and a page to look at")
    private @Nullable Path report;

    @Option(
            names = "--whole-preview",
            description = "print all of the preview: every statement, what undoes it, and notes")
    private boolean wholePreview;

    @Override
    public Integer call() throws Exception {
        if (isGiven(source) != isGiven(replica)) {
            throw new IllegalArgumentException("Give both servers of your own, --source and --replica, or neither");
        }
        if (gtid && position) {
            throw new IllegalArgumentException("Give --gtid or --position, not both");
        }
        if (rows < 1_000 || rows > 1_000_000_000) {
            throw new IllegalArgumentException("--rows is 1,000 to 1,000,000,000, not " + rows);
        }
        try (DemoServers servers = servers()) {
            Demo.Follow follow = position ? Demo.Follow.POSITION : Demo.Follow.GTID;
            return new Demo(servers, rows, follow, System.out, report, wholePreview).run();
        }
    }

    private DemoServers servers() {
        String from = source;
        String to = replica;
        if (from != null && to != null && isGiven(from)) {
            return GivenServers.at(from, to, replicationHost);
        }
        return OwnServers.start(
                choice(from, sourceVersion),
                choice(to, replicaVersion),
                position ? Demo.Follow.POSITION : Demo.Follow.GTID,
                System.out);
    }

    private static boolean isGiven(@Nullable String server) {
        return server != null && !ServerChoice.isKind(server);
    }

    private static ServerChoice choice(@Nullable String kind, String version) {
        return kind == null ? ServerChoice.external(version) : ServerChoice.parse(kind);
    }

    public static void main(String... arguments) {
        CommandLine line = new CommandLine(new DemoCommand()).setParameterExceptionHandler(new ShortUsage());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            PrintWriter err = command.getErr();
            if (System.getenv("SLUICE_DEMO_TRACE") != null) {
                failure.printStackTrace(err);
            }
            System.out.println("DEMO FAILED " + oneLine(failure));
            return 1;
        });
        System.exit(line.execute(arguments));
    }

    private static String oneLine(Throwable failure) {
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return text.strip().replaceAll("\\s*\\n\\s*", " | ");
    }
}
