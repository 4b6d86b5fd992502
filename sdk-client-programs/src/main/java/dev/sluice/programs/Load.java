// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.programs;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.core.dump.DumpEnd;
import dev.sluice.core.mysql.Cancellation;
import dev.sluice.core.mysql.MySqlConnector;
import dev.sluice.core.mysql.MySqlSession;
import dev.sluice.core.mysql.SessionUse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A {@code mysql} that loads what is written to it. */
final class Load implements AutoCloseable {
    /** Asked as its first statement: the answer proves the login and names the session. */
    static final String WHO = "SELECT CONNECTION_ID();\n";

    private static final Duration LOGIN = Duration.ofSeconds(30);
    private static final int LONGEST_ANSWER = 100;
    /** Programs that a signal ended have their status from there on. */
    private static final int BY_SIGNAL = 128;

    private final MySqlConnector replica;
    private final ClientProcess process;
    private volatile List<Long> sessions = List.of();

    private Load(MySqlConnector replica, ClientProcess process) {
        this.replica = replica;
        this.process = process;
    }

    /** Returns when the program has logged in, and has thus read its option file. */
    static Load start(DumpEnd replica, ClientProgram program, List<String> settings, Cancellation cancellation) {
        try (OptionFile file = OptionFile.write(OptionText.of(replica, tls(replica.connector())))) {
            Load load = new Load(
                    replica.connector(),
                    ClientProcess.start(program, DumpArguments.load(file.path().toString(), initCommand(settings))));
            try (Cancellation.Registration killed = cancellation.onCancel(load.process::kill)) {
                load.awaitLogin();
                return load;
            } catch (RuntimeException failure) {
                load.close();
                cancellation.check();
                throw failure;
            }
        }
    }

    private static ServerTls tls(MySqlConnector replica) {
        try (MySqlSession session = replica.open(SessionUse.CONTROL)) {
            return ServerTls.of(session);
        }
    }

    static String initCommand(List<String> settings) {
        return settings.isEmpty() ? "" : "SET SESSION " + String.join(", SESSION ", settings);
    }

    private void awaitLogin() {
        String answer;
        try (StallWatch watch = new StallWatch(() -> 0, LOGIN, process::kill)) {
            answer = ask();
            if (watch.fired()) {
                throw new StepRefusedException(Problem.of(
                        ProgramCode.LOAD_FAILED,
                        "mysql did not log in to " + replica + " within " + LOGIN.toSeconds() + " s"));
            }
        }
        if (!answer.matches("\\d+")) {
            process.awaitEnd(LOGIN);
            process.kill();
            throw new StepRefusedException(Problem.of(ProgramCode.LOAD_FAILED, "mysql on " + replica + " " + ended()));
        }
        sessions = List.of(Long.parseLong(answer));
    }

    /** The first line of the answer, empty if none comes. */
    private String ask() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            process.input().write(WHO.getBytes(StandardCharsets.US_ASCII));
            process.input().flush();
            for (int b = process.output().read();
                    b >= 0 && b != '\n' && line.size() < LONGEST_ANSWER;
                    b = process.output().read()) {
                line.write(b);
            }
        } catch (IOException brokenPipe) {
            return "";
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    private String ended() {
        String said = process.complaints();
        return "ended with status " + process.status() + (said.isEmpty() ? "" : ": " + said);
    }

    ClientProcess process() {
        return process;
    }

    /** Tells of its end, which was not a good one. */
    StepException failure() {
        Problem problem = Problem.of(ProgramCode.LOAD_FAILED, "mysql on " + replica + " " + ended());
        return process.status() >= BY_SIGNAL
                ? new StepOutcomeUnknownException(problem)
                : new StepRefusedException(problem);
    }

    /** Ends it and the statement that it runs, which would go on in the server without it. From any thread. */
    void kill() {
        process.kill();
        ProgramSession.end(replica, sessions);
    }

    /** Ends what is left of the process. */
    @Override
    public void close() {
        process.close();
    }
}
