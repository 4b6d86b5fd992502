// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import com.github.dockerjava.api.DockerClient;
import dev.sluice.testservers.install.NotAvailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * Runs a server in a container of the image {@code mysql}.
 *
 * <p>The container shares the network of its host, so that servers reach each other at the same addresses at which this JVM reaches them:
 * that needs a Docker engine on this very Linux machine. Testcontainers sees to it that the container dies with this JVM.
 */
final class ContainerHost implements ServerHost {
    private static final Duration START = Duration.ofMinutes(3);
    private static final long POLL_NANOS = Duration.ofMillis(200).toNanos();
    private static final int STOP_SECONDS = 90;
    private static final String OPTION_FILE = "/etc/mysql/conf.d/sluice.cnf";
    private static final String GENERAL_LOG = "/var/lib/mysql/general.log";

    private final MySqlRelease release;
    private final int port = FreePort.any();
    private final String rootPassword = Password.random();
    private @Nullable GenericContainer<?> container;

    private ContainerHost(MySqlRelease release) {
        this.release = release;
    }

    static ContainerHost of(MySqlRelease release) throws NotAvailableException {
        requireEngine();
        return new ContainerHost(release);
    }

    static void requireEngine() throws NotAvailableException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new NotAvailableException("no Docker engine answers");
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
        String file = OptionFile.inContainer()
                .put("general_log_file", GENERAL_LOG)
                .sized(release)
                .listening(release, port, options)
                .text(options);
        GenericContainer<?> existing = container;
        if (existing == null) {
            container = create(file);
        } else {
            existing.copyFileToContainer(Transferable.of(file), OPTION_FILE);
            engine().startContainerCmd(existing.getContainerId()).exec();
        }
        awaitConnection();
    }

    private GenericContainer<?> create(String optionFile) {
        GenericContainer<?> created = new GenericContainer<>(DockerImageName.parse("mysql:" + release.version()))
                .withNetworkMode("host")
                .withEnv("MYSQL_ROOT_PASSWORD", rootPassword)
                .withCopyToContainer(Transferable.of(optionFile), OPTION_FILE);
        created.start();
        return created;
    }

    private void awaitConnection() {
        long end = System.nanoTime() + START.toNanos();
        while (!takesConnections()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new TestServerException(release + " did not start in its container:\n" + errorLog());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The image first runs a server that serves no port, so that an answer at the port is the real one's. */
    private boolean takesConnections() {
        String url = "jdbc:mysql://127.0.0.1:" + port + "/?allowPublicKeyRetrieval=true&connectTimeout=2000";
        try (var connection = DriverManager.getConnection(url, "root", rootPassword)) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static DockerClient engine() {
        return DockerClientFactory.instance().client();
    }

    private GenericContainer<?> created() {
        GenericContainer<?> current = container;
        if (current == null) {
            throw new TestServerException(release + " has not been started");
        }
        return current;
    }

    @Override
    public boolean isRunning() {
        return container != null && container.isRunning();
    }

    @Override
    public void stop() {
        engine().stopContainerCmd(created().getContainerId())
                .withTimeout(STOP_SECONDS)
                .exec();
    }

    @Override
    public void kill() {
        if (isRunning()) {
            engine().killContainerCmd(created().getContainerId()).exec();
        }
    }

    @Override
    public void pause() {
        engine().pauseContainerCmd(created().getContainerId()).exec();
    }

    @Override
    public void resume() {
        engine().unpauseContainerCmd(created().getContainerId()).exec();
    }

    @Override
    public void renew() {
        close();
    }

    @Override
    public DataImage image() {
        throw new TestServerException("The data of a server in a container cannot be copied: " + release);
    }

    @Override
    public String errorLog() {
        return container == null ? "" : container.getLogs();
    }

    @Override
    public long generalLogSize() {
        return generalLog(0).length;
    }

    @Override
    public byte[] generalLog(long from) {
        String show = "[ ! -e " + GENERAL_LOG + " ] || cat " + GENERAL_LOG;
        try {
            String text = created()
                    .execInContainer(StandardCharsets.UTF_8, "sh", "-c", show)
                    .getStdout();
            byte[] log = text.getBytes(StandardCharsets.UTF_8);
            return Arrays.copyOfRange(log, (int) Math.min(from, log.length), log.length);
        } catch (IOException failure) {
            throw new TestServerException("Cannot read the general log of " + release, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TestServerException("Interrupted while reading the general log of " + release, interrupted);
        }
    }

    @Override
    public void close() {
        GenericContainer<?> current = container;
        container = null;
        if (current != null) {
            current.close();
        }
    }
}
