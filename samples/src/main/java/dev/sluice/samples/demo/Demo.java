// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.demo;

import dev.sluice.api.compiled.CompiledPlan;
import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.plan.ReplicationPlan;
import dev.sluice.api.preflight.PreflightReport;
import dev.sluice.api.run.RunResult;
import dev.sluice.api.verify.VerificationReport;
import dev.sluice.aurora.AuroraEngine;
import dev.sluice.core.LiveReplication;
import dev.sluice.core.Sluice;
import dev.sluice.core.SluiceBuilder;
import dev.sluice.core.journal.FileJournal;
import dev.sluice.core.journal.Journal;
import dev.sluice.external.ExternalEngine;
import dev.sluice.rds.RdsEngine;
import dev.sluice.report.RunReports;
import dev.sluice.testing.data.HostileSchema;
import dev.sluice.testing.load.LagBrake;
import dev.sluice.testing.load.Writers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the demo does, from the first row to the last check. */
final class Demo {
    /** How the replica follows. */
    enum Follow {
        GTID,
        POSITION
    }

    private final DemoServers servers;
    private final long rows;
    private final Follow follow;
    private final PrintStream out;
    private final @Nullable Path reports;
    private final boolean isWholePreview;
    private boolean filled;
    private boolean begun;
    private boolean slowedDown;

    /** With a folder for the runs' reports, or none, and the preview whole or in short. */
    Demo(
            DemoServers servers,
            long rows,
            Follow follow,
            PrintStream out,
            @Nullable Path reports,
            boolean isWholePreview) {
        this.reports = reports;
        this.isWholePreview = isWholePreview;
        this.servers = servers;
        this.rows = rows;
        this.follow = follow;
        this.out = out;
    }

    int run() throws SQLException, IOException, InterruptedException {
        try {
            fill();
            try (Writers writer = Writers.start(servers::connectToSource, DemoWriter::on);
                    Sluice sluice = sluice()) {
                return replicateCompareAndEnd(new DemoReplication(sluice, plan(), out), writer);
            }
        } finally {
            cleanUp();
        }
    }

    private Sluice sluice() throws IOException {
        SluiceBuilder builder = Sluice.builder()
                .journal(journal())
                .engines(ExternalEngine.create(), RdsEngine.create(), AuroraEngine.create())
                .secrets(servers.secrets());
        return (reports == null ? builder : builder.reports(RunReports.in(reports))).build();
    }

    /** On somebody's servers, what a demo has changed that is killed can be taken back by it. Ours go with this program. */
    private Journal journal() throws IOException {
        if (servers.areOurs()) {
            return Journal.inMemory();
        }
        Path folder = Files.createTempDirectory("sluice-demo-journal");
        out.println(
                "Should this program be killed: its runs can be taken back by Sluice.abandon(run), from their journal in "
                        + folder);
        return FileJournal.in(folder);
    }

    private int replicateCompareAndEnd(DemoReplication replication, Writers writer) throws InterruptedException {
        try {
            RunResult result = replicate(replication, writer);
            VerificationReport comparison = stopWritingAndCompare(replication.live(), writer);
            heading("Ending the replication: account, retention and configuration as they were before");
            replication.end();
            return report(result, comparison, writer);
        } catch (RuntimeException | InterruptedException failure) {
            leaveNothing(replication, failure);
            throw failure;
        }
    }

    /** On somebody's servers nothing of a demo must go on or stay. */
    private void leaveNothing(DemoReplication replication, Exception failure) {
        if (servers.areOurs()) {
            return;
        }
        heading("Taking back what was done");
        boolean interrupted = Thread.interrupted();
        try {
            replication.takeBack();
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        } catch (InterruptedException second) {
            interrupted = true;
            failure.addSuppressed(second);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private RunResult replicate(DemoReplication replication, Writers writer) throws InterruptedException {
        preview(replication.compiled());
        heading("Preflight: everything that would go wrong, looked for before anything is changed");
        PreflightReport found = replication.preflight();
        new PreflightText(found).lines().forEach(out::println);
        found.orThrow();
        heading("Run, while " + writer.perSecond() + " transactions a second go on");
        writer.forgetLongest();
        begun = true;
        LargestLag lag = new LargestLag();
        RunResult result = replication.run(new LagBrake(() -> slowDown(writer)), lag);
        out.println();
        out.println("  Copied " + number(result.rowsCopied()) + " rows in " + seconds(result.copyTook())
                + "; writers waited " + result.lockHeld().toMillis() + " ms for the snapshot.");
        out.println("  The replica was up to " + lag.seen().toSeconds() + " s behind while it caught up, and "
                + result.lag().map(last -> last.toSeconds() + " s").orElse("nobody knows how far") + " at the end.");
        result.verification().ifPresent(proof -> {
            out.println("  Compared while the writers went on:");
            new ComparisonText(proof).lines().forEach(out::println);
        });
        return result;
    }

    private void preview(CompiledPlan compiled) {
        heading("Preview: what will be done; nothing of it is done yet");
        if (isWholePreview) {
            out.println(compiled.explain());
        } else {
            new PreviewText(compiled).lines().forEach(out::println);
            out.println(
                    "  ./demo --whole-preview prints every statement, what undoes it, and what is to be known about it.");
        }
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    /** A replica that applies with one thread may never catch up with several writers, on a slow disk above all. */
    private void slowDown(Writers writer) {
        writer.slowDown();
        // Every five seconds on a slow disk: it is no news after the first time.
        if (!slowedDown) {
            slowedDown = true;
            out.println("    the replica gets no nearer: the writers slow down");
        }
    }

    private void fill() throws SQLException {
        heading("Filling the source with " + number(rows) + " rows"
                + (servers.takeAwkwardData() ? " and everything that breaks naive copies" : ""));
        try (Connection source = servers.connectToSource()) {
            DemoData.createDatabase(source);
            filled = true;
            DemoData.fill(source, rows);
            if (servers.takeAwkwardData()) {
                HostileSchema.create(source);
            }
        }
    }

    private ReplicationPlan plan() {
        ReplicationPlan plan = servers.adapt(
                ReplicationPlan.from(servers.source()).to(servers.replica()).retainBinlogs(Duration.ofHours(144)));
        return follow == Follow.GTID ? plan.withGtid() : plan.withBinlogPosition();
    }

    private VerificationReport stopWritingAndCompare(LiveReplication live, Writers writer) throws InterruptedException {
        heading("Stopping the writers after " + number(writer.transactions()) + " transactions (" + writer.perSecond()
                + " a second, the longest waited " + writer.longest().toMillis()
                + " ms), and comparing again, at their last position");
        writer.stop();
        Coordinates last = live.sourceNow();
        live.awaitApplied(last, Duration.ofMinutes(2));
        out.println("  The replica has applied everything up to " + last.position() + ".");
        VerificationReport comparison = live.compareStandingStill();
        new ComparisonText(comparison).lines().forEach(out::println);
        return comparison;
    }

    private int report(RunResult result, VerificationReport comparison, Writers writer) {
        boolean good = comparison.isClean() && writer.transactions() > 0;
        String figures = String.format(
                Locale.ROOT,
                "rows=%d copy_seconds=%.1f lock_ms=%d lag_seconds=%d mismatches=%d",
                comparison.rows(),
                result.copyTook().toMillis() / 1000.0,
                result.lockHeld().toMillis(),
                result.lag().map(Duration::toSeconds).orElse(-1L),
                comparison.mismatches());
        out.println();
        if (reports != null) {
            out.println("Reports, one of each run, as a page and as JSON: " + reports.toAbsolutePath());
        }
        out.println(good ? "DEMO OK " + figures : "DEMO FAILED the replica is not equal to its source: " + figures);
        return good ? 0 : 1;
    }

    /** Drops what this demo made: on the replica only once the preflight had found that it was not there before. */
    private void cleanUp() throws SQLException {
        if (servers.areOurs()) {
            return;
        }
        if (filled) {
            try (Connection source = servers.connectToSource()) {
                DemoData.drop(source);
            }
        }
        if (begun) {
            try (Connection replica = servers.connectToReplica()) {
                DemoData.drop(replica);
            }
        }
    }

    private void heading(String text) {
        out.println();
        out.println("== " + text);
    }
}
