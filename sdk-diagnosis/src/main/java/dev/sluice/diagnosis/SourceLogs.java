// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.error.StepRefusedException;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.ServerSession;
import dev.sluice.api.spi.Symptoms;
import java.util.List;
import java.util.Optional;

/** What the source's binary logs say about where the replica wants to go on. */
final class SourceLogs {
    private SourceLogs() {}

    /** Which files there are, and where the replica stands. */
    static Optional<String> listed(Symptoms symptoms) {
        String stands = symptoms.channel()
                .flatMap(channel -> channel.receiver().position())
                .map(position -> "; the replica fetches at " + position)
                .orElse("");
        return symptoms.sourceSession().map(SourceLogs::files).map(files -> files + stands);
    }

    private static String files(ServerSession source) {
        try {
            List<Row> logs = source.query("SHOW BINARY LOGS");
            return logs.isEmpty()
                    ? "the source has no binary logs"
                    : "binary logs of the source: " + name(logs.get(0)) + " to " + name(logs.get(logs.size() - 1))
                            + ", " + logs.get(logs.size() - 1).text("File_size") + " bytes in the last";
        } catch (StepRefusedException without) {
            return "binary logs of the source: " + without.problems().get(0).what();
        }
    }

    private static String name(Row log) {
        return log.text("Log_name");
    }

    /** Whether the channel still follows the server that it has fetched from before; places in another server's log mean nothing. */
    static boolean isSame(Symptoms symptoms) {
        String known = symptoms.channel().map(channel -> channel.sourceUuid()).orElse("");
        return symptoms.source()
                .map(source -> source.serverUuid().equalsIgnoreCase(known))
                .orElse(!known.isEmpty());
    }
}
