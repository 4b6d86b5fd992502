// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An error of a server or of the driver without anything that may be a secret: statement texts and values are cut out of its
 * message. It is the cause of the exceptions that {@link SqlFailures} makes. Thread-safe like every exception.
 */
public final class ServerError extends SQLException {
    private static final long serialVersionUID = 1L;

    private ServerError(String message, @Nullable String state, int number, @Nullable Throwable cause) {
        super(message, state, number, cause);
    }

    static ServerError of(SQLException error) {
        if (error instanceof ServerError already) {
            return already;
        }
        String message = error.getMessage() == null ? "" : error.getMessage();
        ServerError copy = new ServerError(
                ServerMessage.withoutValues(error.getErrorCode(), firstLine(message)),
                error.getSQLState(),
                error.getErrorCode(),
                rootOutsideTheDriver(error));
        copy.setStackTrace(error.getStackTrace());
        return copy;
    }

    /** MySQL's error number, 0 if the driver or the network failed. */
    public int number() {
        return getErrorCode();
    }

    /** The driver adds explanations and whole stack traces after the first line. */
    private static String firstLine(String message) {
        int end = message.indexOf("\n\n");
        return end < 0 ? message : message.substring(0, end);
    }

    /** The network's or the JDK's own failure below; the driver's wrappers repeat the server's message. */
    private static @Nullable Throwable rootOutsideTheDriver(Throwable error) {
        Throwable found = null;
        Throwable current = error.getCause();
        for (int depth = 0; current != null && depth < 20; depth++) {
            if (current instanceof java.io.IOException || current instanceof java.security.GeneralSecurityException) {
                found = current;
            }
            current = current.getCause();
        }
        return found;
    }
}
