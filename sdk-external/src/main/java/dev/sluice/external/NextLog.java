// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external;

import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Optional;

/** The file of the source's binary log that comes after the one where a replica stands, as the source lists it. */
final class NextLog {
    private NextLog() {}

    /** Empty if the source cannot be asked, or has none of that series of files. */
    static Optional<String> after(ChannelState channel, Symptoms symptoms) {
        Optional<String> present = channel.receiver().position().map(position -> position.file());
        return present.isEmpty()
                ? Optional.empty()
                : files(symptoms.sourceSession()).stream()
                        .filter(file -> series(file).equals(series(present.get())))
                        .filter(file -> number(file) > number(present.get()))
                        .findFirst();
    }

    private static List<String> files(Optional<ServerSession> source) {
        try {
            return source.map(session -> session.query("SHOW BINARY LOGS").stream()
                            .map(row -> row.text("Log_name"))
                            .toList())
                    .orElse(List.of());
        } catch (StepRefusedException notForThisUser) {
            return List.of();
        }
    }

    private static String series(String file) {
        return file.substring(0, Math.max(0, file.lastIndexOf('.')));
    }

    /** Numbers outgrow six digits, so that names alone do not tell the order. */
    private static long number(String file) {
        String digits = file.substring(file.lastIndexOf('.') + 1);
        return digits.matches("\\d+") ? Long.parseLong(digits) : -1;
    }
}
