// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import dev.sluice.core.mysql.FailureRules.Outcome;
import dev.sluice.core.mysql.FailureRules.Rule;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says why a connection could not be opened. Nothing was changed, whatever the reason. */
final class ConnectFailures {
    private static final int ACCESS_DENIED = 1045;
    private static final int ACCESS_DENIED_TO_DATABASE = 1044;

    /** What the network says. */
    private static final Map<Class<? extends Throwable>, Rule> BY_CAUSE = Map.of(
            UnknownHostException.class, Rule.unavailable(ServerErrorCode.HOST_UNKNOWN),
            ConnectException.class, Rule.unavailable(ServerErrorCode.CONNECTION_REFUSED),
            NoRouteToHostException.class, Rule.unavailable(ServerErrorCode.CONNECTION_REFUSED),
            SocketTimeoutException.class, Rule.unavailable(ServerErrorCode.CONNECT_TIMED_OUT));

    private ConnectFailures() {}

    static StepException of(SQLException error, String server, String user) {
        Rule rule = rule(error);
        ServerError cause = ServerError.of(error);
        Problem problem = SqlFailures.problem(rule.code(), error, "Cannot connect to " + server + " as " + user);
        return rule.outcome() == Outcome.REFUSED
                ? new StepRefusedException(problem, cause)
                : new StepUnavailableException(problem, cause);
    }

    private static Rule rule(SQLException error) {
        if (error.getErrorCode() == ACCESS_DENIED || error.getErrorCode() == ACCESS_DENIED_TO_DATABASE) {
            return Rule.refused(ServerErrorCode.LOGIN_REFUSED);
        }
        if (ConnectorJ.saysThatServerHasNoTls(error)) {
            return Rule.refused(ServerErrorCode.NO_TLS_ON_SERVER);
        }
        return byCause(error)
                .orElseGet(() ->
                        FailureRules.of(error.getErrorCode(), error.getSQLState(), String.valueOf(error.getMessage())));
    }

    /** The deepest cause that says something: a broken handshake or a silent host is wrapped in other exceptions. */
    private static Optional<Rule> byCause(SQLException error) {
        Optional<Rule> found = Optional.empty();
        Throwable current = error;
        for (int depth = 0; current != null && depth < 20; depth++) {
            Optional<Rule> here = rule(current);
            found = here.isPresent() ? here : found;
            current = current.getCause();
        }
        return found;
    }

    private static Optional<Rule> rule(Throwable cause) {
        if (cause instanceof GeneralSecurityException) {
            return Optional.of(Rule.refused(ServerErrorCode.CERTIFICATE_NOT_TRUSTED));
        }
        if (cause instanceof SSLException) {
            return Optional.of(Rule.refused(ServerErrorCode.TLS_FAILED));
        }
        return BY_CAUSE.entrySet().stream()
                .filter(entry -> entry.getKey().isInstance(cause))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
