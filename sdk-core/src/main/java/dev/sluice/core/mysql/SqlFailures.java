// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.core.mysql.FailureRules.Rule;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Turns {@link SQLException}s into exceptions that say what happened to the database, by error number and SQLState. Messages and
 * causes never hold the statement or a value. Thread-safe: no state.
 */
public final class SqlFailures {
    private SqlFailures() {}

    /**
     * For a statement that cannot change anything: it may be repeated unless the server refused it for good.
     *
     * @param server what people call the server
     */
    public static StepException whileReading(SQLException error, String server) {
        Rule rule = rule(error);
        Problem problem = problem(rule.code(), error, server + " could not be read");
        ServerError cause = ServerError.of(error);
        return switch (rule.outcome()) {
            case REFUSED -> new StepRefusedException(problem, cause);
            case UNAVAILABLE, ENDED_IN_THE_MIDDLE -> new StepUnavailableException(problem, cause);
        };
    }

    /**
     * For a statement that changes something: when it was cut off, nobody knows whether it was applied.
     *
     * @param server what people call the server
     */
    public static StepException whileChanging(SQLException error, String server) {
        Rule rule = rule(error);
        ServerError cause = ServerError.of(error);
        return switch (rule.outcome()) {
            case REFUSED -> new StepRefusedException(problem(rule.code(), error, notChanged(server)), cause);
            case UNAVAILABLE -> new StepUnavailableException(problem(rule.code(), error, notChanged(server)), cause);
            case ENDED_IN_THE_MIDDLE ->
                new StepOutcomeUnknownException(
                        problem(
                                ServerErrorCode.OUTCOME_UNKNOWN,
                                error,
                                server + " may or may not have made the change"),
                        cause);
        };
    }

    /** The server's or driver's own error behind a failure, without secrets. */
    public static Optional<ServerError> serverError(Throwable failure) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < 20; depth++) {
            if (current instanceof ServerError error) {
                return Optional.of(error);
            }
            current = current.getCause();
        }
        return Optional.empty();
    }

    private static Rule rule(SQLException error) {
        String message = error.getMessage() == null ? "" : error.getMessage();
        return FailureRules.of(error.getErrorCode(), error.getSQLState(), message);
    }

    private static String notChanged(String server) {
        return server + " did not make the change";
    }

    static Problem problem(ServerErrorCode code, SQLException error, String what) {
        return Problem.of(code, what + ": " + describe(ServerError.of(error)));
    }

    private static String describe(ServerError error) {
        String message = String.valueOf(error.getMessage());
        Throwable below = error.getCause();
        return error.number() != 0
                ? "MySQL error " + error.number() + ", " + message
                : below == null ? message : message + " (" + below + ")";
    }
}
