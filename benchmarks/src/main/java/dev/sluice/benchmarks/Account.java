// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.benchmarks;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Who copies, on both servers.
 *
 * @param user name
 * @param password made for this run
 */
record Account(String user, String password) {
    private static final int BYTES = 12;

    static Account random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Account("copier", HexFormat.of().formatHex(bytes));
    }

    /** By the server's usual method. */
    String[] creation() {
        return new String[] {
            "SET sql_log_bin = 0",
            "CREATE USER '" + user + "'@'%' IDENTIFIED BY '" + password + "'",
            "GRANT ALL ON *.* TO '" + user + "'@'%' WITH GRANT OPTION"
        };
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user;
    }
}
