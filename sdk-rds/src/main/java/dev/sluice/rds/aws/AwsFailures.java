// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.error.Problem;
import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns the SDK's exceptions into such as say what happened, by AWS's error code and the HTTP status. Thread-safe: no state.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html">AWS: common errors of the RDS API</a>
 */
public final class AwsFailures {
    private static final Set<String> THROTTLED = Set.of(
            "throttling",
            "throttlingexception",
            "throttledexception",
            "requestlimitexceeded",
            "toomanyrequestsexception");
    private static final Set<String> CREDENTIALS = Set.of(
            "invalidclienttokenid",
            "unrecognizedclientexception",
            "signaturedoesnotmatch",
            "incompletesignature",
            "missingauthenticationtoken",
            "expiredtoken",
            "expiredtokenexception",
            "requestexpired");
    private static final Set<String> DENIED =
            Set.of("accessdenied", "accessdeniedexception", "unauthorizedoperation", "notauthorized", "optinrequired");

    private AwsFailures() {}

    /** What a failing call did. */
    private enum Outcome {
        REFUSED,
        UNAVAILABLE,
        ENDED_IN_THE_MIDDLE
    }

    private record Rule(AwsErrorCode code, Outcome outcome) {}

    /**
     * For a call that cannot change anything: it may be repeated unless AWS refused it for good.
     *
     * @param what what was called, for people
     */
    public static StepException whileReading(SdkException failure, String what) {
        Rule rule = rule(failure);
        Problem problem = problem(rule.code(), failure, what);
        return rule.outcome() == Outcome.REFUSED
                ? new StepRefusedException(problem, failure)
                : new StepUnavailableException(problem, failure);
    }

    /**
     * For a call that changes something: when its answer was lost, nobody knows whether it was applied.
     *
     * @param what what was called, for people
     */
    public static StepException whileChanging(SdkException failure, String what) {
        Rule rule = rule(failure);
        return switch (rule.outcome()) {
            case REFUSED -> new StepRefusedException(problem(rule.code(), failure, what), failure);
            case UNAVAILABLE -> new StepUnavailableException(problem(rule.code(), failure, what), failure);
            case ENDED_IN_THE_MIDDLE ->
                new StepOutcomeUnknownException(problem(AwsErrorCode.OUTCOME_UNKNOWN, failure, what), failure);
        };
    }

    private static Rule rule(SdkException failure) {
        return failure instanceof AwsServiceException answer ? answered(answer) : notAnswered(failure);
    }

    private static Rule answered(AwsServiceException answer) {
        String code = code(answer).toLowerCase(Locale.ROOT);
        int status = answer.statusCode();
        if (THROTTLED.contains(code) || status == 429) {
            return new Rule(AwsErrorCode.THROTTLED, Outcome.UNAVAILABLE);
        }
        if (CREDENTIALS.contains(code)) {
            return new Rule(AwsErrorCode.NO_CREDENTIALS, Outcome.REFUSED);
        }
        if (DENIED.contains(code)) {
            return new Rule(AwsErrorCode.NOT_ALLOWED, Outcome.REFUSED);
        }
        if (status == 404 || code.contains("notfound")) {
            return new Rule(AwsErrorCode.NOT_FOUND, Outcome.REFUSED);
        }
        // InvalidDBInstanceState, InvalidDBClusterStateFault and their like.
        if (code.startsWith("invalid") && code.replace("fault", "").endsWith("state")) {
            return new Rule(AwsErrorCode.WRONG_STATE, Outcome.UNAVAILABLE);
        }
        return byStatus(status);
    }

    private static Rule byStatus(int status) {
        if (status == 503) {
            return new Rule(AwsErrorCode.UNAVAILABLE, Outcome.UNAVAILABLE);
        }
        // What failed inside AWS may have got as far as the change.
        return status >= 500
                ? new Rule(AwsErrorCode.UNAVAILABLE, Outcome.ENDED_IN_THE_MIDDLE)
                : new Rule(AwsErrorCode.REFUSED, Outcome.REFUSED);
    }

    private static Rule notAnswered(SdkException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException) {
                return new Rule(AwsErrorCode.UNREACHABLE, Outcome.UNAVAILABLE);
            }
        }
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("unable to load credentials") || text.contains("unable to load region")
                ? new Rule(AwsErrorCode.NO_CREDENTIALS, Outcome.REFUSED)
                : new Rule(AwsErrorCode.UNREACHABLE, Outcome.ENDED_IN_THE_MIDDLE);
    }

    private static Problem problem(AwsErrorCode code, SdkException failure, String what) {
        return Problem.of(code, what + ": " + describe(failure));
    }

    private static String describe(SdkException failure) {
        if (failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            return code(answer) + ", " + answer.awsErrorDetails().errorMessage() + " (request " + answer.requestId()
                    + ")";
        }
        return String.valueOf(failure.getMessage());
    }

    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
    }
}
