// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.spring;

import dev.sluice.api.error.PlanRejectedException;
import dev.sluice.api.error.Problem;
import dev.sluice.api.error.SluiceException;
import dev.sluice.api.error.StepUnavailableException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells clients what is wrong: Sluice's own messages say what happened to the database and what helps, and hold no secret. */
@RestControllerAdvice
class ProblemAnswers {
    @ExceptionHandler
    ProblemDetail refused(SluiceException failure) {
        ProblemDetail answer = ProblemDetail.forStatusAndDetail(status(failure), failure.getMessage());
        answer.setProperty("effect", failure.effect());
        answer.setProperty(
                "problems", failure.problems().stream().map(Problem::toString).toList());
        return answer;
    }

    private static HttpStatus status(SluiceException failure) {
        if (failure instanceof PlanRejectedException) {
            return HttpStatus.UNPROCESSABLE_CONTENT;
        }
        return failure instanceof StepUnavailableException ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.CONFLICT;
    }

    @ExceptionHandler
    ProblemDetail notNow(ConflictException refused) {
        ProblemDetail answer =
                ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(refused.getMessage()));
        answer.setProperty("run", refused.address());
        return answer;
    }

    @ExceptionHandler
    ProblemDetail notFound(NotFoundException absent) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(absent.getMessage()));
    }
}
