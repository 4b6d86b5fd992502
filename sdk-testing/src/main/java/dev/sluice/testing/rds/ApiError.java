// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

/** A refusal of the RDS API, as its wire format has it. */
record ApiError(int status, String code, String message) {
    static ApiError notFound(String instance) {
        return new ApiError(404, "DBInstanceNotFound", "DBInstance " + instance + " not found.");
    }

    static ApiError wrongState(String instance, String status) {
        return new ApiError(
                400,
                "InvalidDBInstanceState",
                "Database instance is not in available state: " + instance + " is " + status);
    }

    static ApiError invalid(String what) {
        return new ApiError(400, "InvalidParameterValue", what);
    }

    static ApiError unknownAction(String action) {
        return new ApiError(400, "InvalidAction", "Could not find operation " + action + " for version 2014-10-31");
    }

    static ApiError notSigned() {
        return new ApiError(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }
}
