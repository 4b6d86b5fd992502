// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import com.github.tomakehurst.wiremock.http.Fault;
import org.jspecify.annotations.Nullable;

/** A way in which a call goes wrong. Immutable and thread-safe. */
public enum ApiFault {
    /** Too many calls: refused with status 400, nothing is done. */
    THROTTLED(400, "Throttling", "Rate exceeded", null),
    /** The caller's policy does not allow it: refused with status 403, nothing is done. */
    DENIED(
            403,
            "AccessDenied",
            "User: arn:aws:iam::123456789012:user/test is not authorized to perform this action",
            null),
    /** The caller's session has ended: refused with status 403, nothing is done. */
    EXPIRED_TOKEN(403, "ExpiredToken", "The security token included in the request is expired", null),
    /** AWS has a problem: status 500, nothing is done, which the caller cannot know. */
    INTERNAL_FAILURE(500, "InternalFailure", "An internal error has occurred", null),
    /** AWS is not there for the moment: status 503, nothing is done. */
    UNAVAILABLE(503, "ServiceUnavailable", "The service is unavailable", null),
    /** It is done, and the connection is reset before the answer. */
    LOST_ANSWER(0, "", "", Fault.CONNECTION_RESET_BY_PEER),
    /** The connection is reset and nothing is done: the caller cannot tell it from {@link #LOST_ANSWER}. */
    LOST_REQUEST(0, "", "", Fault.CONNECTION_RESET_BY_PEER),
    /** Nothing is done and nothing said until the API is closed; then the connection is reset. */
    SILENCE(0, "", "", Fault.CONNECTION_RESET_BY_PEER);

    private final int status;
    private final String code;
    private final String message;
    private final @Nullable Fault connection;

    ApiFault(int status, String code, String message, @Nullable Fault connection) {
        this.status = status;
        this.code = code;
        this.message = message;
        this.connection = connection;
    }

    ApiError error() {
        return new ApiError(status, code, message);
    }

    /** What happens to the connection instead of an answer, or null. */
    @Nullable
    Fault connection() {
        return connection;
    }
}
