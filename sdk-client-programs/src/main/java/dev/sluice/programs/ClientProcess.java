// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.mysql.CancelledException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A client program that runs, with a thread that takes up what it complains about. Thread-safe. */
final class ClientProcess implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(2);

    /** What these say would come before or after our option file, or go to its place. */
    private static final List<String> MISLEADING = List.of(
            "MYSQL_PWD", "MYSQL_HOST", "MYSQL_TCP_PORT", "MYSQL_UNIX_PORT", "MYSQL_GROUP_SUFFIX", "MYSQL_DEBUG");

    private final ClientProgram program;
    private final Process process;
    private final Complaints complaints;

    private ClientProcess(ClientProgram program, Process process) {
        this.program = program;
        this.process = process;
        this.complaints = Complaints.of(process.getErrorStream(), "sluice-" + program.name() + "-errors");
    }

    static ClientProcess start(ClientProgram program, List<String> arguments) {
        try {
            return new ClientProcess(program, builder(program.file(), arguments).start());
        } catch (IOException failure) {
            throw new StepRefusedException(
                    Problem.of(
                            ProgramCode.PROGRAM_UNUSABLE,
                            program.name() + " at " + program.file() + " does not start: " + failure.getMessage()),
                    failure);
        }
    }

    static ProcessBuilder builder(Path file, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(MISLEADING);
        // The login file of mysql_config_editor is read even beside --defaults-file, unless it is somewhere else.
        environment.put(
                "MYSQL_TEST_LOGIN_FILE",
                file.resolveSibling("no-login-file-for-sluice").toString());
        return builder;
    }

    ClientProgram program() {
        return program;
    }

    InputStream output() {
        return process.getInputStream();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Of the program and of those that it started: what is called mysqldump may be a script. */
    List<Long> processIds() {
        return tree().map(ProcessHandle::pid).toList();
    }

    private Stream<ProcessHandle> tree() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    /** Waits for the end. Returns false if it has not come in time. */
    boolean awaitEnd(Duration longest) {
        try {
            return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException();
        }
    }

    int status() {
        return process.exitValue();
    }

    /** What it said on its standard error stream, shortened; complete once it has ended. */
    String complaints() {
        return complaints.text();
    }

    /** Ends it at once, from any thread. */
    void kill() {
        tree().toList().forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends it and everything of it that this process holds. */
    @Override
    public void close() {
        kill();
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
            interrupted = true;
        }
        complaints.close();
        Streams.close(process.getInputStream());
        Streams.close(process.getOutputStream());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return program.name() + " process " + process.pid();
    }
}
