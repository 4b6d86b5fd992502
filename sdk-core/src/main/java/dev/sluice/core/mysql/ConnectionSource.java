// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A host application's own way to connect: a tunnel, a token that expires, a pool. Implementations must be thread-safe.
 *
 * <p>Each call must give a connection that nothing else uses. Sluice changes its session (time zone, sql_mode, time limits,
 * roles) and closes it when done, so that a pool must reset or discard it. Without MySQL Connector/J, or with local infile off,
 * rows are loaded by inserts.
 */
@FunctionalInterface
public interface ConnectionSource {
    /**
     * Opens a connection.
     *
     * @throws SQLException if that fails; classified like the failure of an ordinary connection
     */
    Connection open(ConnectionRequest request) throws SQLException;
}
