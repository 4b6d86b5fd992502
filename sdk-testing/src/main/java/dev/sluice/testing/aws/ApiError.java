// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** A refusal as AWS's wire format has it. */
record ApiError(int status, String code, String message) {
    static ApiError unknownAction(String action) {
        return new ApiError(400, "InvalidAction", "Could not find operation " + action);
    }

    static ApiError notSigned() {
        return new ApiError(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }
}
