// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.StepException;
import dev.sluice.api.error.StepOutcomeUnknownException;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.error.StepUnavailableException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.model.RdsException;

class AwsFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "400, Throttling, THROTTLED, StepUnavailableException, StepUnavailableException",
        "400, RequestLimitExceeded, THROTTLED, StepUnavailableException, StepUnavailableException",
        "429, Whatever, THROTTLED, StepUnavailableException, StepUnavailableException",
        "403, InvalidClientTokenId, NO_CREDENTIALS, StepRefusedException, StepRefusedException",
        "403, ExpiredToken, NO_CREDENTIALS, StepRefusedException, StepRefusedException",
        "403, AccessDenied, NOT_ALLOWED, StepRefusedException, StepRefusedException",
        "404, DBInstanceNotFound, NOT_FOUND, StepRefusedException, StepRefusedException",
        "404, DBClusterNotFoundFault, NOT_FOUND, StepRefusedException, StepRefusedException",
        "400, InvalidDBInstanceState, WRONG_STATE, StepUnavailableException, StepUnavailableException",
        "400, InvalidDBClusterStateFault, WRONG_STATE, StepUnavailableException, StepUnavailableException",
        "400, InvalidParameterCombination, REFUSED, StepRefusedException, StepRefusedException",
        "503, ServiceUnavailable, UNAVAILABLE, StepUnavailableException, StepUnavailableException",
        "500, InternalFailure, UNAVAILABLE, StepUnavailableException, StepOutcomeUnknownException"
    })
    void answersAreToldApartByCodeAndStatus(
            int status, String code, AwsErrorCode expected, String whileReading, String whileChanging) {
        SdkException failure = RdsException.builder()
                .statusCode(status)
                .requestId("r-1")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("AWS's own words")
                        .build())
                .build();

        StepException reading = AwsFailures.whileReading(failure, "The call");
        StepException changing = AwsFailures.whileChanging(failure, "The call");

        assertThat(reading.getClass().getSimpleName()).isEqualTo(whileReading);
        assertThat(changing.getClass().getSimpleName()).isEqualTo(whileChanging);
        assertThat(reading.code()).isEqualTo(expected);
        assertThat(reading).hasCause(failure).hasMessageContainingAll("The call", code, "AWS's own words", "r-1");
    }

    @Test
    void whatNeverReachedAwsWasNotApplied() {
        for (Exception cause : new Exception[] {new ConnectException("refused"), new UnknownHostException("rds")}) {
            SdkException failure = SdkClientException.create("Unable to execute HTTP request", cause);

            assertThat(AwsFailures.whileChanging(failure, "The call"))
                    .isInstanceOf(StepUnavailableException.class)
                    .extracting(StepException::code)
                    .isEqualTo(AwsErrorCode.UNREACHABLE);
        }
    }

    @Test
    void anAnswerThatDidNotComeSaysNothingAboutAChange() {
        SdkException failure =
                SdkClientException.create("Read timed out", new SocketTimeoutException("Read timed out"));

        assertThat(AwsFailures.whileChanging(failure, "The call"))
                .isInstanceOf(StepOutcomeUnknownException.class)
                .extracting(StepException::code)
                .isEqualTo(AwsErrorCode.OUTCOME_UNKNOWN);
        assertThat(AwsFailures.whileReading(failure, "The call")).isInstanceOf(StepUnavailableException.class);
    }

    @Test
    void missingCredentialsAreRefused() {
        SdkException failure =
                SdkClientException.create("Unable to load credentials from any of the providers in the chain");

        assertThat(AwsFailures.whileChanging(failure, "The call"))
                .isInstanceOf(StepRefusedException.class)
                .extracting(StepException::code)
                .isEqualTo(AwsErrorCode.NO_CREDENTIALS);
    }
}
