// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.coordinates.BinlogPosition;
import dev.sluice.api.facts.ServerVersion;
import dev.sluice.api.spi.Row;
import dev.sluice.core.mysql.Dialect;
import dev.sluice.core.mysql.ReplicaStatus;
import dev.sluice.core.mysql.ReplicaStatusReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What MySQL 8.0 says of a channel by file and position that runs. */
final class Statuses {
    private Statuses() {}

    static ReplicaStatus of(String sourceUuid, BinlogPosition fetched, BinlogPosition applied) {
        Map<String, String> row = new HashMap<>();
        row.put("Source_Host", "db1");
        row.put("Source_User", "repl");
        row.put("Source_Port", "3306");
        row.put("Source_Log_File", fetched.file());
        row.put("Read_Source_Log_Pos", Long.toString(fetched.position()));
        row.put("Relay_Source_Log_File", applied.file());
        row.put("Exec_Source_Log_Pos", Long.toString(applied.position()));
        row.put("Replica_IO_State", "Waiting for source to send event");
        row.put("Replica_IO_Running", "Yes");
        row.put("Replica_SQL_Running", "Yes");
        row.put("Replica_SQL_Running_State", "Replica has read all relay log; waiting for more updates");
        row.put("Source_SSL_Allowed", "Yes");
        row.put("Seconds_Behind_Source", "0");
        row.put("Last_IO_Errno", "0");
        row.put("Last_IO_Error", "");
        row.put("Last_SQL_Errno", "0");
        row.put("Last_SQL_Error", "");
        row.put("Source_UUID", sourceUuid);
        row.put("SQL_Delay", "0");
        row.put("SQL_Remaining_Delay", null);
        row.put("Retrieved_Gtid_Set", "");
        row.put("Executed_Gtid_Set", "");
        row.put("Auto_Position", "0");
        row.put("Channel_Name", "");
        return ReplicaStatusReader.readAll(sql -> List.of(Row.of(row)), Dialect.of(ServerVersion.of(8, 0, 31)))
                .get(0);
    }
}
