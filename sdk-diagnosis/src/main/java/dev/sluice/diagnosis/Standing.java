// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import dev.sluice.api.diagnosis.ChannelState;
import dev.sluice.api.diagnosis.Remedy;
import dev.sluice.api.operation.Target;
import dev.sluice.api.operation.Undo.OnlyIf;
import dev.sluice.api.spi.Row;
import dev.sluice.api.spi.Symptoms;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.Quote;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** That a channel still stands where it was seen: places in a remedy's statements are right only as long as it does. */
final class Standing {
    private static final List<String> APPLIER =
            List.of("Relay_Source_Log_File", "Exec_Source_Log_Pos", "Replica_SQL_Running");
    private static final List<String> RECEIVER = List.of("Source_Log_File", "Read_Source_Log_Pos");
    private static final List<String> SOURCE = List.of("Source_Host", "Source_Port", "Source_User");

    private Standing() {}

    static List<Remedy.Condition> conditions(Symptoms symptoms) {
        ChannelState channel = symptoms.channel().orElseThrow();
        List<String> place = channel.autoPosition() ? SOURCE : channel.applier().isStopped() ? APPLIER : RECEIVER;
        String query =
                Dialect.of(symptoms.replica().version()).showReplicaStatus() + " FOR CHANNEL " + Quote.literal("");
        Optional<Row> status = symptoms.replicaSession().queryOne(query);
        return status.map(row -> List.of(new Remedy.Condition(
                        Target.REPLICA, as(row, query, place), "its channel has moved on or was changed")))
                .orElse(List.of());
    }

    private static OnlyIf as(Row status, String query, List<String> current) {
        boolean isNew = status.find(SOURCE.get(0)).isPresent();
        List<String> columns = isNew
                ? current
                : current.stream()
                        .map(label -> label.replace("Source", "Master").replace("Replica_", "Slave_"))
                        .toList();
        return new OnlyIf(
                query,
                columns,
                columns.stream().map(label -> status.find(label).orElse("")).collect(Collectors.joining(" ")));
    }
}
