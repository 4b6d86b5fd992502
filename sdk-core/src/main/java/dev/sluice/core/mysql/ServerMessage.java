// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.mysql;

import java.util.Set;

/**
 * Takes out of a server's error message what may be a part of the statement or a value: both can be secrets.
 */
public final class ServerMessage {
    /** Errors whose quoted parts are names of users, objects, options or privileges, never values. */
    private static final Set<Integer> ONLY_NAMES = Set.of(
            1007, 1008, 1022, 1044, 1045, 1046, 1049, 1050, 1051, 1054, 1091, 1094, 1109, 1110, 1113, 1115, 1129, 1130,
            1133, 1141, 1142, 1143, 1146, 1147, 1193, 1203, 1215, 1226, 1227, 1229, 1238, 1273, 1286, 1290, 1304, 1305,
            1318, 1356, 1359, 1360, 1370, 1396, 1410, 1418, 1419, 1449, 1524, 1539, 1698, 1781, 1792, 1824, 1836, 3118,
            3159, 3523, 3530);

    /** Texts that procedures signal are written for the caller. */
    private static final int SIGNAL = 1644;

    private ServerMessage() {}

    /** The message on one line; quoted parts stay only where this error quotes nothing but names. */
    public static String withoutValues(int number, String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        if (number == SIGNAL || ONLY_NAMES.contains(number)) {
            return line;
        }
        return cut(cut(line, '\''), '"');
    }

    /** From the first quote to the last: a value may hold quotes itself. */
    private static String cut(String message, char quote) {
        int first = message.indexOf(quote);
        int last = message.lastIndexOf(quote);
        return first < 0 || last == first
                ? (first < 0 ? message : message.substring(0, first) + "…")
                : message.substring(0, first) + quote + "…" + quote + message.substring(last + 1);
    }
}
