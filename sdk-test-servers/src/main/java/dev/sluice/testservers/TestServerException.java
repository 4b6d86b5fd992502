// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import org.jspecify.annotations.Nullable;

/** A test server could not be had, started, stopped or asked. The message says what happened, with the end of the server's log. */
public final class TestServerException extends RuntimeException {

    TestServerException(String message) {
        this(message, null);
    }

    TestServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
