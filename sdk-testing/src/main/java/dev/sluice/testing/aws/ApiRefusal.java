// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** Thrown by an action that is refused; nothing has been done. */
final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private ApiRefusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static ApiRefusal of(String code, String message) {
        return new ApiRefusal(400, code, message);
    }

    /** With status 404, as AWS tells of what is not there. */
    static ApiRefusal notFound(String code, String message) {
        return new ApiRefusal(404, code, message);
    }

    static ApiRefusal value(String message) {
        return of("InvalidParameterValue", message);
    }

    static ApiRefusal combination(String message) {
        return of("InvalidParameterCombination", message);
    }

    ApiError error() {
        return new ApiError(status, code, String.valueOf(getMessage()));
    }
}
