// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import dev.sluice.testservers.install.Cache;
import dev.sluice.testservers.install.Installation;
import dev.sluice.testservers.install.NotAvailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a server as a process of this machine, in a temporary folder of its own. */
final class LocalHost implements ServerHost {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(90);
    private static final int PORT_TRIES = 3;

    private final MySqlRelease release;
    private final Installation installation;
    private final String rootPassword;

    /** What the data is copied from. */
    private final Path origin;

    private final ServerFolder folder;
    private final Keeper keeper;

    /** 0 until a server has once taken connections; then the server keeps its port. */
    private int port;

    private @Nullable ServerProcess process;

    private LocalHost(MySqlRelease release, Installation installation, String rootPassword, Path origin) {
        this.release = release;
        this.installation = installation;
        this.rootPassword = rootPassword;
        this.origin = origin;
        this.folder = ServerFolder.create();
        this.keeper = Keeper.of(folder);
    }

    /** Fetches and unpacks what the cache does not hold yet. */
    static void prepare(MySqlRelease release) throws NotAvailableException {
        DataTemplate.of(release, release.install(), Cache.ofUser());
    }

    static LocalHost of(MySqlRelease release) throws NotAvailableException {
        Installation installation = release.install();
        DataTemplate template = DataTemplate.of(release, installation, Cache.ofUser());
        return new LocalHost(release, installation, template.rootPassword(), template.data()).laidOut();
    }

    /** On data that came from the release's template, like all data of this machine, and so has its password of root. */
    static LocalHost of(DataImage image) throws NotAvailableException {
        MySqlRelease release = image.release();
        Installation installation = release.install();
        DataTemplate template = DataTemplate.of(release, installation, Cache.ofUser());
        return new LocalHost(release, installation, template.rootPassword(), image.data()).laidOut();
    }

    private LocalHost laidOut() {
        try {
            Leftovers.sweep(ServerFolder.home());
            folder.renew(origin);
            return this;
        } catch (IOException failure) {
            close();
            throw new TestServerException("Cannot lay out the data of a test server", failure);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String rootPassword() {
        return rootPassword;
    }

    @Override
    public void start(ServerOptions options) {
        try {
            for (int tried = 0; tried < PORT_TRIES; tried++) {
                int candidate = port != 0 ? port : FreePort.any();
                if (startAt(candidate, options)) {
                    port = candidate;
                    return;
                }
            }
        } catch (IOException failure) {
            throw new TestServerException("Cannot start " + release, failure);
        }
        throw new TestServerException(
                port != 0 ? "The port " + port + " of a stopped " + release + " was taken" : "No port for " + release);
    }

    /** Returns whether the server took the port; any other failure is thrown. */
    private boolean startAt(int candidate, ServerOptions options) throws IOException {
        if (!FreePort.isFree(candidate)) {
            return false; // sooner said than by a server
        }
        OptionFile.places(installation, folder)
                .sized(release)
                .listening(release, candidate, options)
                .write(folder.optionFile(), options);
        long from = Files.exists(folder.errorLog()) ? Files.size(folder.errorLog()) : 0;
        ServerProcess started = ServerProcess.start(installation, folder, List.of());
        process = started;
        if (started.await(START, () -> StartLog.isReady(tail(folder.errorLog(), from), candidate))) {
            return true;
        }
        kill();
        if (StartLog.saysPortIsTaken(tail(folder.errorLog(), from))) {
            return false;
        }
        throw new TestServerException(release + " did not start:" + ServerProcess.lastWords(folder));
    }

    private static String tail(Path log, long from) {
        return new String(read(log, from), StandardCharsets.UTF_8);
    }

    private static byte[] read(Path file, long from) {
        if (!Files.exists(file)) {
            return new byte[0];
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return Channels.newInputStream(channel.position(from)).readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    private ServerProcess running() {
        ServerProcess current = process;
        if (current == null || !current.isAlive()) {
            throw new TestServerException(release + " on port " + port + " does not run");
        }
        return current;
    }

    @Override
    public void stop() {
        ServerProcess current = running();
        current.signal("TERM");
        current.signal("CONT");
        if (!current.endsWithin(STOP)) {
            throw new TestServerException(release + " did not shut down within " + STOP.toSeconds() + " s");
        }
        ended();
    }

    @Override
    public void kill() {
        if (process != null) {
            process.kill();
            ended();
        }
    }

    private void ended() {
        process = null;
        try {
            Files.deleteIfExists(folder.processId());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void pause() {
        running().pause();
    }

    @Override
    public void resume() {
        running().signal("CONT");
    }

    @Override
    public void renew() {
        kill();
        try {
            folder.renew(origin);
        } catch (IOException failure) {
            throw new TestServerException("Cannot renew the data of " + release, failure);
        }
    }

    /** A process that stands still writes nothing, and what it has written so far is what a crash would leave. */
    @Override
    public DataImage image() {
        if (!isRunning()) {
            return DataImage.of(release, folder.data());
        }
        pause();
        try {
            return DataImage.of(release, folder.data());
        } finally {
            resume();
        }
    }

    @Override
    public String errorLog() {
        return tail(folder.errorLog(), 0);
    }

    @Override
    public long generalLogSize() {
        try {
            return Files.exists(folder.generalLog()) ? Files.size(folder.generalLog()) : 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public byte[] generalLog(long from) {
        return read(folder.generalLog(), from);
    }

    @Override
    public void close() {
        try {
            kill();
        } finally {
            keeper.close();
        }
    }
}
