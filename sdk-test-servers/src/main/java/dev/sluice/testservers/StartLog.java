// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

import java.util.List;
import java.util.regex.Pattern;

/** Reads out of a server's error log how its start went. */
final class StartLog {
    private static final List<String> PORT_TAKEN = List.of(
            "Do you already have another mysqld server running on port", "Bind on TCP/IP port: Address already in use");

    private StartLog() {}

    /** The port is part of the question because servers also say that they are ready while they serve no port. */
    static boolean isReady(String log, int port) {
        return Pattern.compile("ready for connections\\..{0,300}? port: " + port + "\\b", Pattern.DOTALL)
                .matcher(log)
                .find();
    }

    static boolean saysPortIsTaken(String log) {
        return PORT_TAKEN.stream().anyMatch(log::contains);
    }
}
